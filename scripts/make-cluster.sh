#!/bin/bash
# Makes what `npm run test:cluster` starts, and prints the directory where it is: scripts/make-cluster.sh [DIRECTORY]. Without DIRECTORY it is in
# $XDG_CACHE_HOME/cdk8s-seccomp, or ~/.cache/cdk8s-seccomp, which stays between runs. Needs no network when it has been made before.
#
#   bin/      kube-apiserver, kube-controller-manager, kube-scheduler, kubelet and kubectl of Kubernetes $KUBERNETES, built from the Go module proxy
#   images/   busybox, pause and Python, from this machine's own programs, as `ctr images import` takes them
#
# KUBERNETES  the release, default v1.34.4
# PROGRAMS    those to build, default all; without kubelet no images are made
#
# Otherwise the Go module proxy and, without Go 1.24, PyPI. The first time takes ten minutes of two cores.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
version=${KUBERNETES:-v1.34.4}
read -r -a programs <<<"${PROGRAMS:-kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl}"
cache=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-seccomp}/cluster-$version
mkdir -p "$cache/bin" "$cache/images"

. "$scripts/use-go.sh"

# KIND is what it was when STAMP was written.
is_made() { # kind, stamp
  [[ $(cat "$cache/$1.stamp" 2>/dev/null) == "$2" ]]
}

make_programs() {
  local stamp
  stamp=$(cat "$scripts/cluster/build.sh" <(echo "$version ${programs[*]}") | sha256sum)
  is_made programs "$stamp" && return
  use_go 24 "$cache"
  "$scripts/cluster/build.sh" "$version" "$cache/bin" "${programs[@]}" >&2
  echo "$stamp" >"$cache/programs.stamp"
}

make_images() {
  local stamp
  stamp=$({ cat "$scripts/cluster/images.sh"; dpkg-query --show bash busybox-static curl libc6 python3 python3-minimal 2>/dev/null; } | sha256sum)
  is_made images "$stamp" && return
  "$scripts/cluster/images.sh" "$cache/images" >&2
  echo "$stamp" >"$cache/images.stamp"
}

make_programs
[[ " ${programs[*]} " != *" kubelet "* ]] || make_images
echo "$cache"
