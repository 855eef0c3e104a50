#!/bin/bash
# Installs what `npm run test:node`, `npm run test:cluster`, `npm run test:languages` and .ci/run need on a Debian machine; with `vm` as its argument
# what `npm run test:arm64` and `npm run test:s390x` need, and makes their virtual machines. Does nothing, and needs no network, when everything is there.
set -euo pipefail

packages=(
  busybox-static containerd containernetworking-plugins coreutils crun curl dash debian-archive-keyring default-jdk-headless etcd-server gcc gdb git
  golang-github-containers-common iproute2 libc6-dev libopenblas0-pthread libseccomp-dev make maven mount musl-tools openssl pkgconf python3 python3-audit
  python3-numpy python3-seccomp python3-venv runc seccomp shellcheck strace tar util-linux
)
vm_packages=(
  cpio debian-archive-keyring e2fsprogs gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf gcc-s390x-linux-gnu golang-github-containers-common kmod
  libc6-dev-arm64-cross libc6-dev-armhf-cross libc6-dev-s390x-cross qemu-system-arm qemu-system-misc xz-utils
)
case ${1-} in
  '') ;;
  vm) packages=("${vm_packages[@]}") ;;
  *)
    echo "install-node-test-deps.sh: $1: expected vm or nothing" >&2
    exit 1
    ;;
esac

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
  [[ $status == ii* ]] || missing+=("$package")
done
# Any Go will do, and Debian's is large.
PATH=$PATH:/usr/local/go/bin
[[ ${1-} == vm ]] || command -v go >/dev/null || missing+=(golang-go)

# Here, so that the tests do not wait for compilers and mirrors.
kind=${1-node}
build() {
  if [[ $kind == vm ]]; then
    "$(dirname "$0")/make-vm.sh" arm64
    "$(dirname "$0")/make-vm.sh" s390x
    return
  fi
  "$(dirname "$0")/make-carrier-tools.sh" "$(dirname "$0")/../.tmp/carriers"
  "$(dirname "$0")/make-musl-python.sh" "$(dirname "$0")/../.tmp/musl-python"
  "$(dirname "$0")/make-runtimes.sh" >/dev/null
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
