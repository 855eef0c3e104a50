#!/bin/bash
# Makes the images of a cluster that has no registry, from programs of this machine: scripts/cluster/images.sh DIRECTORY. They bear the names that
# the library and the example ask for.
#
#   pause      what holds a pod's namespaces
#   busybox    busybox:1.36.1 with Debian's static busybox
#   python     Python, bash, curl and util-linux with the libraries they load, under the other names
set -euo pipefail

out=$(realpath "$1")
work=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Packs a root file system, in the format of `docker save`.
image() { # root, file, entry point as JSON, names
  local root=$1 file=$2 entry=$3 dir digest names
  dir=$(mktemp -d "$work/image.XXXXXX")
  tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$dir/layer.tar" .
  digest=$(sha256sum <"$dir/layer.tar")
  printf '{"architecture":"amd64","os":"linux","config":{"Entrypoint":%s,"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$entry" "${digest%% *}" >"$dir/config.json"
  names=$(printf ',"%s"' "${@:4}")
  printf '[{"Config":"config.json","RepoTags":[%s],"Layers":["layer.tar"]}]' "${names#,}" >"$dir/manifest.json"
  tar -C "$dir" -cf "$out/$file.tar" manifest.json config.json layer.tar
}

busybox_root() { # root
  local applet
  mkdir -p "$1"/{bin,etc,root,sbin,tmp,usr/bin,usr/sbin}
  chmod 1777 "$1/tmp"
  cp /bin/busybox "$1/bin/busybox"
  for applet in $(/bin/busybox --list); do [[ $applet == busybox ]] || ln -s busybox "$1/bin/$applet"; done
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n' >"$1/etc/passwd"
}

libraries_of() { # root
  # ldd fails on what is static, and says so.
  { find "$1" -type f \( -perm -100 -o -name '*.so*' \) -exec ldd {} + 2>/dev/null || true; } | grep -oE '/[^ ]+\.so[^ :)]*' | sort -u
}

python_root() { # root
  local python program library
  busybox_root "$1"
  python=$(readlink -f /usr/bin/python3)
  mkdir -p "$1/usr/lib"
  cp -a "/usr/lib/${python##*/}" "$1/usr/lib/"
  rm -rf "$1/usr/lib/${python##*/}"/{test,idlelib,lib2to3}
  rm -f "$1/bin/bash"
  cp /bin/bash "$1/bin/bash"
  for program in "$python" /usr/bin/curl /usr/bin/unshare; do cp "$program" "$1/usr/bin/"; done
  ln -sf "${python##*/}" "$1/usr/bin/python3"
  libraries_of "$1" | while read -r library; do
    [[ -e $library ]] || continue
    mkdir -p "$1$(dirname "$library")"
    cp -L "$library" "$1$library"
  done
}

mkdir "$work"/{pause,busybox,python}
# busybox goes by the name it is called by.
cp /bin/busybox "$work/pause/sleep"
image "$work/pause" pause '["/sleep","2147483647"]' localhost/pause:1
busybox_root "$work/busybox"
image "$work/busybox" busybox null docker.io/library/busybox:1.36.1
python_root "$work/python"
image "$work/python" python null docker.io/library/python:3.11-slim docker.io/curlimages/curl:8.10.1 docker.io/library/mindie:1.0.0-aarch64-800I-A2
