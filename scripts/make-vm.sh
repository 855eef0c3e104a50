#!/bin/bash
# Makes what a virtual machine of another architecture boots: scripts/make-vm.sh arm64 | s390x | ppc64el | riscv64. Prints the directory, which has for
# each Debian release a kernel, an initramfs and the list of packages, the disk with the systems of all of them, and musl to compile with.
# The directory is below ${CDK8S_SECCOMP_CACHE:-${XDG_CACHE_HOME:-~/.cache}/cdk8s-seccomp}. When it is there nothing is done, and no network needed;
# it is made anew when these scripts change, or when it is deleted. Packages come from this machine's own Debian mirror; none of their scripts runs.
set -euo pipefail

apt_get=() apt_cache=() archives=
scripts=$(cd "$(dirname "$0")" && pwd)
architecture=${1-}
releases=(bookworm trixie)
case $architecture in
  # The smaller one for clouds cannot share a directory with the host.
  arm64) kernel=linux-image-arm64 ;;
  # Not every mirror has all that trixie's lists for it name.
  s390x) kernel=linux-image-s390x releases=(bookworm) ;;
  ppc64el) kernel=linux-image-powerpc64le ;;
  # Bookworm was not released for it.
  riscv64) kernel=linux-image-riscv64 releases=(trixie) ;;
  *)
    echo "make-vm.sh: ${architecture:-nothing}: expected arm64, s390x, ppc64el or riscv64" >&2
    exit 1
    ;;
esac
system=(busybox-static crun libc6 libpython3-stdlib perl-base python3 runc)
for command in apt-get cpio depmod dpkg-deb gzip mke2fs modprobe xz; do
  command -v "$command" >/dev/null || {
    echo "make-vm.sh needs $command: run scripts/install-node-test-deps.sh vm" >&2
    exit 1
  }
done

cache=${CDK8S_SECCOMP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-seccomp}
version=$(cat "$scripts"/{make-vm.sh,debian-apt.sh,vm/make-initramfs.sh,vm/init} | sha256sum | cut -c1-12)
vm=$cache/vm-$architecture-$version
if [[ -d $vm ]]; then
  echo "$vm"
  exit 0
fi

mkdir -p "$cache"
work=$(mktemp -d "$vm.XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck source=scripts/debian-apt.sh
. "$scripts/debian-apt.sh"


unpack_alone() {
  (cd "$archives" && "${apt_get[@]}" download "$1" >/dev/null)
  unpack_packages "$2"
  rm "$archives"/*.deb
}

make_kernel() {
  local release=$1 image made=$work/vm/$1
  # Alone: what it depends on would make an initramfs.
  image=$("${apt_cache[@]}" depends "$kernel" | awk '$1 == "Depends:" && !found { print $2; found = 1 }')
  unpack_alone "$image" "$work/$release/kernel"
  cp "$work/$release"/kernel/boot/vmlinu[xz]-* "$made/kernel"
  "$scripts/vm/make-initramfs.sh" "$work/$release/kernel" "$work/disk/$release/bin/busybox" "$made/initramfs"
  cat "$work/$release/kernel/packages" >>"$made/packages"
}

make_release() {
  local release=$1 root=$work/disk/$1
  mkdir -p "$work/vm/$release"
  use_debian "$release" "$architecture" "$work/$release"
  "${apt_get[@]}" install --download-only --no-install-recommends --yes "${system[@]}" >/dev/null
  unpack_packages "$root"
  rm "$archives"/*.deb
  mv "$root/packages" "$work/vm/$release/packages"
  # It would bring a compiler.
  unpack_alone musl-dev "$work/$release/musl"
  make_kernel "$release"
  (cd "$root" && mkdir -p proc sys dev run tmp root mnt etc share && chmod 755 . && chmod 1777 tmp)
  printf 'root:x:0:0::/root:/bin/sh\nuser:x:1001:1001::/tmp:/bin/sh\n' >"$root/etc/passwd"
}

making=()
for release in "${releases[@]}"; do
  make_release "$release" >&2 &
  making+=($!)
done
failed=0
for process in "${making[@]}"; do wait "$process" || failed=1; done
[[ $failed == 0 ]]

mkdir "$work/vm/musl"
for part in include lib; do cp -r "$work/${releases[0]}"/musl/usr/$part/*-linux-musl* "$work/vm/musl/$part"; done
size=$(du -sm "$work/disk" | cut -f1)
mke2fs -q -t ext4 -O ^has_journal -m 0 -d "$work/disk" -F "$work/vm/disk" "$((size * 5 / 4 + 100))M" >&2
chmod 755 "$work/vm"
for old in "$cache/vm-$architecture"-*; do
  [[ $old == "$vm"* ]] || rm -rf "$old"
done
# Two runs may race for it.
mv --no-target-directory "$work/vm" "$vm" 2>/dev/null || [[ -d $vm ]]
echo "$vm"
