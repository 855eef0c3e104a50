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

mkdir -p "$work"/{etc/preferences.d,etc/apt.conf.d,state/lists/partial,cache/archives/partial,root/etc}
# From the mirror of the machine's own release.
# shellcheck source=/dev/null
own=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016 # The words are apt-get's.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | awk -v "own=$own" '$2 == own && !found { print $1; found = 1 }')
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
apt=(
  apt-get -qq -o Dir::Etc="$work/etc" -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=-
  -o Dir::State="$work/state" -o Dir::State::status=/dev/null -o Dir::Cache="$work/cache"
  -o APT::Sandbox::User=root -o APT::Architecture=amd64 -o Acquire::Languages=none
)
"${apt[@]}" update
"${apt[@]}" install --download-only --no-install-recommends --yes "${packages[@]}" >/dev/null

for package in "$work"/cache/archives/*.deb; do
  dpkg-deb --extract "$package" "$work/root"
  # As `dpkg-query --show` prints it.
  dpkg-deb --show "$package" >>"$work/root/packages"
done
ldconfig -r "$work/root"
chmod 755 "$work/root"
# Two runs may race for it.
mv --no-target-directory "$work/root" "$root" 2>/dev/null || [[ -d $root ]]
