#!/bin/bash
# Builds a Python of musl, as an Alpine image has it, with musl's loader: scripts/make-musl-python.sh DIRECTORY has them in DIRECTORY/usr, for
# containers with a shell and with a link from /lib to /usr/lib. It has the modules that assets/thread-probe.py imports. Does nothing when the
# directory is there. Needs gcc, make, musl-tools, Debian's mirror, and one to two minutes of two cores.
set -euo pipefail

root=$(realpath --canonicalize-missing "$1")
if [[ -d $root ]]; then
  exit 0
fi
mkdir -p "$(dirname "$root")"
work=$(mktemp -d "$root.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

quietly() { # command...
  "$@" >log 2>&1 || { tail -n 30 log >&2; echo "make-musl-python: fails: $*" >&2; return 1; }
}

download() { # source package...
  # From the mirror of the machine's own release, but always the same one: a later Debian has other versions.
  local own mirror apt
  # shellcheck source=/dev/null
  own=$(. /etc/os-release && echo "$VERSION_CODENAME")
  # shellcheck disable=SC2016 # The words are apt-get's.
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | awk -v "own=$own" '$2 == own && !found { print $1; found = 1 }')
  mkdir -p state/lists/partial cache/archives/partial
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm main" >sources.list
  apt=(
    apt-get -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State="$work/state" -o Dir::State::status=/dev/null
    -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none
  )
  quietly timeout 120 "${apt[@]}" update
  quietly timeout 120 "${apt[@]}" --download-only source "$@"
}

unpack() { # source package
  mkdir "$1"
  tar --extract --file "$(echo "$1"_*.orig.tar.*)" --directory "$1" --strip-components 1
}

build_libffi() {
  cd "$work/libffi"
  # Kernel headers, which the trampolines need, are not among those that musl-gcc looks at.
  quietly timeout 120 ./configure CC=musl-gcc CFLAGS='-O1 -fPIC' --prefix="$work/ffi" --disable-shared --disable-docs --disable-exec-static-tramp
  quietly timeout 120 make -j2 install
}

# The interpreter alone, with the modules in it.
build_python() {
  cd "$work/python3.11"
  # Asked for its triplet, musl-gcc gives that of glibc, which configure refuses.
  cat >musl-cc <<'EOF'
#!/bin/sh
[ "$*" = --print-multiarch ] || exec musl-gcc "$@"
EOF
  chmod 755 musl-cc
  cat >Modules/Setup.local <<EOF
*static*
_ctypes _ctypes/_ctypes.c _ctypes/callbacks.c _ctypes/callproc.c _ctypes/stgdict.c _ctypes/cfield.c -DHAVE_FFI_PREP_CIF_VAR -DHAVE_FFI_PREP_CLOSURE_LOC -DHAVE_FFI_CLOSURE_ALLOC -I$work/ffi/include -L$work/ffi/lib -lffi
_struct _struct.c
resource resource.c
select selectmodule.c
EOF
  quietly timeout 120 ./configure CC="$PWD/musl-cc" OPT=-O1 --prefix=/usr --without-ensurepip
  quietly timeout 400 make -j2 python
}

assemble() {
  cd "$work"
  mkdir -p root/usr/bin root/usr/lib/python3.11/lib-dynload
  cp --dereference /lib/ld-musl-x86_64.so.1 root/usr/lib/
  cp python3.11/python root/usr/bin/python3
  tar --create --directory python3.11/Lib --exclude=test --exclude=tests --exclude=idlelib --exclude=lib2to3 --exclude=ensurepip . \
    | tar --extract --no-same-owner --directory root/usr/lib/python3.11
  # In containers nobody could keep what is compiled. It also shows that this Python runs.
  quietly timeout 120 root/usr/bin/python3 -I -m compileall -q -s root -p / root/usr/lib/python3.11
  chmod -R u=rwX,go=rX root
}

download libffi python3.11
unpack libffi
unpack python3.11
(build_libffi)
(build_python)
(assemble)
# Two runs may race for it.
mv --no-target-directory "$work/root" "$root" 2>/dev/null || [[ -d $root ]]
