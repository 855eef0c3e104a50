#!/bin/bash
# For other scripts to source: an apt-get of its own for a Debian release and an architecture, in a directory, from the mirror of this machine's own
# release. `use_debian SUITE ARCHITECTURE DIRECTORY` sets ${apt[@]} and fetches the lists; ${apt_get[@]} and ${apt_cache[@]} are the commands.
# `unpack_packages ROOT` unpacks what was downloaded, without running anything of it, and appends to ROOT/packages what that is.

use_debian() {
  local suite=$1 architecture=$2 work=$3 own mirror
  mkdir -p "$work"/{etc/preferences.d,etc/apt.conf.d,state/lists/partial,cache/archives/partial}
  # Beside it apt-get makes its lock.
  touch "$work/status"
  # shellcheck source=/dev/null
  own=$(. /etc/os-release && echo "$VERSION_CODENAME")
  # shellcheck disable=SC2016 # The words are apt-get's.
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | awk -v "own=$own" '$2 == own && !found { print $1; found = 1 }')
  if [[ ! $mirror ]]; then
    echo "this machine has no package lists of Debian $own, from which to know the mirror: run apt-get update" >&2
    return 1
  fi
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
  local options=(
    -o Dir::Etc="$work/etc" -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=-
    -o Dir::State="$work/state" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache"
    -o APT::Sandbox::User=root -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
  )
  archives=$work/cache/archives
  apt_get=(apt-get -qq "${options[@]}")
  apt_cache=(apt-cache "${options[@]}")
  "${apt_get[@]}" update
}

unpack_packages() {
  local root=$1 package
  # Every release here has its programs and libraries below /usr, whatever its packages say.
  mkdir -p "$root"/usr/{bin,sbin,lib}
  for name in bin sbin lib; do ln -sfn "usr/$name" "$root/$name"; done
  for package in "$archives"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar --extract --keep-directory-symlink --directory "$root"
    # As `dpkg-query --show` prints it.
    dpkg-deb --show "$package" >>"$root/packages"
  done
}
