#!/bin/bash
# Makes the programs that read what `cdk8s-seccomp export` prints: scripts/make-carrier-tools.sh DIRECTORY. Those of test/node/carriers with the
# parsers of Talos and Ignition, kind, and Debian's cloud-init in a root of its own. Needs no network when they have been made before.
# Otherwise the Go module proxy, Debian's mirror and, without Go 1.24, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)

. "$scripts/use-go.sh"
use_go 24 "$tools"
cd "$scripts/../test/node/carriers"
go build -o "$tools/bin/" ./talos ./ignition sigs.k8s.io/kind

cloud_init=$tools/cloud-init
"$scripts/make-debian-root.sh" trixie "$cloud_init" base-files cloud-init
# What the packages' own scripts would have made.
mkdir -p "$cloud_init/etc/ssl/certs"
cat "$cloud_init"/usr/share/ca-certificates/mozilla/*.crt >"$cloud_init/etc/ssl/certs/ca-certificates.crt"
echo 'root:x:0:0::/root:/bin/sh' >"$cloud_init/etc/passwd"
echo 'root:x:0:' >"$cloud_init/etc/group"
