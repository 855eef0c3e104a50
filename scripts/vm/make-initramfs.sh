#!/bin/bash
# Packs what starts a virtual machine: make-initramfs.sh KERNEL BUSYBOX FILE, where KERNEL has an unpacked linux-image package and BUSYBOX is a static one
# of the machine's architecture.
set -euo pipefail

kernel=$1 busybox=$2 file=$3
work=$(mktemp -d "$file.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/bin" "$work/root/modules"
versions=("$kernel"/lib/modules/*)
version=$(basename "${versions[0]}")
depmod --basedir "$kernel" "$version"

# In the order in which they have to be loaded. What is built in has no file.
modules() {
  local wanted
  for wanted in virtio_mmio virtio_pci virtio_blk virtio_console virtio_rng crc32c_generic ext4 9p 9pnet_virtio; do
    modprobe --dirname "$kernel" --set-version "$version" --show-depends --ignore-install "$wanted" 2>/dev/null || true
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}
number=100
while read -r module; do
  number=$((number + 1))
  name=$number-$(basename "$module")
  case $name in
    *.xz) xz --decompress --stdout "$module" >"$work/root/modules/${name%.xz}" ;;
    *) cp "$module" "$work/root/modules/$name" ;;
  esac
done < <(modules)
cp "$busybox" "$work/root/bin/busybox"
cp "$(dirname "$0")/init" "$work/root/init"
chmod 755 "$work/root/init" "$work/root/bin/busybox"
(cd "$work/root" && find . | LC_ALL=C sort | cpio --quiet --create --format newc --owner 0:0 | gzip -1) >"$file"
