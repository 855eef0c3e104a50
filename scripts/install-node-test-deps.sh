#!/bin/bash
# Installs what `npm run test:node`, `npm run test:cluster`, `npm run test:languages` and .ci/run need on a Debian machine. Does nothing, and needs no
# network, when everything is there.
set -euo pipefail

packages=(
  busybox-static containerd containernetworking-plugins coreutils crun curl dash debian-archive-keyring default-jdk-headless etcd-server gcc gdb git
  golang-github-containers-common iproute2 libc6-dev libopenblas0-pthread make maven mount musl-tools openssl python3 python3-audit python3-numpy
  python3-seccomp python3-venv runc seccomp shellcheck strace tar util-linux
)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
  [[ $status == ii* ]] || missing+=("$package")
done
# Any Go will do, and Debian's is large.
PATH=$PATH:/usr/local/go/bin
command -v go >/dev/null || missing+=(golang-go)

# Here, so that the tests do not wait for compilers.
build() {
  "$(dirname "$0")/make-carrier-tools.sh" "$(dirname "$0")/../.tmp/carriers"
  "$(dirname "$0")/make-musl-python.sh" "$(dirname "$0")/../.tmp/musl-python"
}
if [[ ${#missing[@]} -eq 0 ]]; then
  build
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes
install=(apt-get install --yes --no-install-recommends -qq -o Dpkg::Use-Pty=0 "${missing[@]}")

# Package lists may be absent or may name versions that the mirror no longer has; only then are they worth fetching.
if ! "${install[@]}" >/dev/null 2>&1; then
  apt-get update -qq
  "${install[@]}" >/dev/null
fi
echo "installed: ${missing[*]}"
build
