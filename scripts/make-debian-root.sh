#!/bin/bash
# Unpacks the runtimes, the C library and the Python of a Debian release into a directory, for containers and nodes of another release
# than this machine's: scripts/make-debian-root.sh trixie DIRECTORY [PACKAGE…]. Packages given are unpacked instead of these. Does nothing when
# the directory is there. Needs Debian's mirror.
set -euo pipefail

suite=$1
root=$2
packages=("${@:3}")
if [[ ${#packages[@]} -eq 0 ]]; then
  packages=(crun libc6 python3-minimal runc)
fi

if [[ -d $root ]]; then
  exit 0
fi
mkdir -p "$(dirname "$root")"
work=$(mktemp -d "$root.XXXXXX")
trap 'rm -rf "$work"' EXIT

# shellcheck source=scripts/debian-apt.sh
. "$(dirname "$0")/debian-apt.sh"
use_debian "$suite" amd64 "$work"
"${apt_get[@]}" install --download-only --no-install-recommends --yes "${packages[@]}" >/dev/null
mkdir -p "$work/root/etc"
unpack_packages "$work/root"
ldconfig -r "$work/root"
chmod 755 "$work/root"
# Two runs may race for it.
mv --no-target-directory "$work/root" "$root" 2>/dev/null || [[ -d $root ]]
