#!/bin/bash
# Builds the runtimes that test/node/runtimes/newer-runtimes.txt lists from the sources that the Go module proxy has: scripts/make-runtimes.sh
# [DIRECTORY]. A line there is PROGRAM VERSION DEBIAN CHECKSUM: runc with the libseccomp of this machine's Debian, or with that of another one, linked
# into it as runc's own releases have it. Each gets a directory PROGRAM-VERSION-DEBIAN; the last line printed says in which one these are.
#
# They stay between runs: without DIRECTORY below ${CDK8S_SECCOMP_CACHE:-${XDG_CACHE_HOME:-~/.cache}/cdk8s-seccomp}. What has been built the same way
# before is not built again, and needs no network. Else this needs gcc, pkg-config, libseccomp-dev, the Go module proxy, Debian's mirror and,
# without Go 1.26, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
list=$scripts/../test/node/runtimes/newer-runtimes.txt
directory=${1:-${CDK8S_SECCOMP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-seccomp}/runtimes}
mkdir -p "$directory"
directory=$(cd "$directory" && pwd)
cd "$directory"

. "$scripts/use-go.sh"

fail() {
  echo "make-runtimes: $*" >&2
  exit 1
}

# How a runtime is built; what is there and was built in another way is built again.
recipe() { # program version debian checksum
  echo "$*"
  declare -f source_of "build_$1" | sha256sum
  [[ $3 != machine ]] || pkg-config --modversion libseccomp
}

# The source of a module, as the proxy has it, in Go's own cache.
source_of() { # module version checksum
  local described
  described=$(go mod download -json "$1@v$2") || fail "the Go module proxy does not give $1@v$2: $described"
  [[ $described == *"\"Sum\": \"$3\""* ]] || fail "$1@v$2 has another checksum than $3: $described"
  sed -nE 's/^\t"Dir": "(.*)",?$/\1/p' <<<"$described"
}

build_runc() { # version debian checksum output
  local source flags=(-mod=readonly -tags seccomp -ldflags "-s -w -X main.version=$1")
  source=$(source_of github.com/opencontainers/runc "$1" "$3")
  export CGO_ENABLED=1
  if [[ $2 != machine ]]; then
    local root=$directory/libseccomp-$2
    "$scripts/make-debian-root.sh" "$2" "$root" libseccomp-dev libc6-dev
    export CGO_CFLAGS=--sysroot=$root CGO_LDFLAGS=--sysroot=$root
    export PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_LIBDIR=$root/usr/lib/x86_64-linux-gnu/pkgconfig
    flags=(-mod=readonly -tags 'seccomp netgo osusergo' -ldflags "-s -w -extldflags -static -X main.version=$1")
  fi
  # 1.2 replaces one module by a copy in its repository, which the proxy does not have. What was changed in the copy is in that module since 1.13.
  if grep -q '^replace github.com/opencontainers/selinux' "$source/go.mod"; then
    cp "$source/go.mod" "$source/go.sum" "$4"
    chmod u+w "$4"/go.{mod,sum}
    go mod edit -dropreplace=github.com/opencontainers/selinux -require=github.com/opencontainers/selinux@v1.13.1 "$4/go.mod"
    flags=(-modfile="$4/go.mod" -mod=mod "${flags[@]:1}")
  fi
  (cd "$source" && go build -buildvcs=false "${flags[@]}" -o "$4/runc" .)
}

# Without what needs a file system of its own, and without CRI, which needs a network.
build_containerd() { # version debian checksum output
  local source
  source=$(source_of github.com/containerd/containerd/v2 "$1" "$3")
  (cd "$source" && CGO_ENABLED=0 go build -buildvcs=false -mod=readonly -tags 'no_btrfs no_cri no_devmapper no_tracing no_zfs' \
    -ldflags "-s -w -X github.com/containerd/containerd/v2/version.Version=$1" -o "$4/" ./cmd/containerd ./cmd/containerd-shim-runc-v2 ./cmd/ctr)
}

make_runtime() { # program version debian checksum
  local target=$directory/$1-$2-$3 work status
  if [[ -f $target/recipe && $(recipe "$@") == "$(<"$target/recipe")" ]]; then
    return
  fi
  for tool in gcc pkg-config python3; do
    command -v "$tool" >/dev/null || fail "needs $tool: run scripts/install-node-test-deps.sh"
  done
  pkg-config --exists libseccomp || fail "needs libseccomp-dev: run scripts/install-node-test-deps.sh"
  use_go 26 "$directory"
  work=$(mktemp -d "$target.XXXXXX")
  recipe "$@" >"$work/recipe"
  # In a shell of its own, so that no build has the settings of another. In an `if` it would not end with the first failure.
  set +e
  (set -e && "build_$1" "${@:2}" "$work") >"$work/log" 2>&1
  status=$?
  set -e
  if [[ $status -ne 0 ]]; then
    tail -n 30 "$work/log" >&2
    rm -rf "$work"
    fail "cannot build $1 $2"
  fi
  chmod 755 "$work"
  rm -rf "$target"
  # Two runs may race for it.
  mv --no-target-directory "$work" "$target" 2>/dev/null || rm -rf "$work"
}

while read -r line; do
  read -r -a runtime <<<"$line"
  make_runtime "${runtime[@]}"
done <"$list"
echo "$directory"
