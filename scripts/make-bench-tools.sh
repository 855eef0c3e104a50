#!/bin/bash
# Installs the linters that `npm run bench -- linters` measures against: scripts/make-bench-tools.sh DIRECTORY. Needs no network when they have been
# installed before. Otherwise the Go module proxy, PyPI, python3-venv and, without Go 1.26, PyPI for that too. What cannot be installed is named, the others
# are installed all the same, and the status is 1.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)
status=0

. "$scripts/use-go.sh"

# PROGRAM is in DIRECTORY/bin when it is of this version.
is_installed() {
  [[ -e $tools/bin/$1 && $(cat "$tools/$1.version" 2>/dev/null) == "$2" ]]
}

installed() {
  echo "$2" >"$tools/$1.version"
}

failed() {
  echo "$1 $2 cannot be installed: $(tail -n 1 "$tools/$1.log")" >&2
  status=1
}

go_program() {
  local package=$1 version=$2 name=${1##*/}
  is_installed "$name" "$version" && return
  use_go 26 "$tools"
  if GOFLAGS=-mod=mod GOBIN=$tools/bin timeout 900 go install "$package@v$version" >"$tools/$name.log" 2>&1; then installed "$name" "$version"; else failed "$name" "$version"; fi
}

python_program() {
  local name=$1 version=$2
  is_installed "$name" "$version" && return
  if { python3 -m venv --clear "$tools/$name" && timeout 900 "$tools/$name/bin/pip" install "$name==$version"; } >"$tools/$name.log" 2>&1; then
    mkdir -p "$tools/bin"
    ln -sf "../$name/bin/$name" "$tools/bin/$name"
    installed "$name" "$version"
  else
    failed "$name" "$version"
  fi
}

go_program golang.stackrox.io/kube-linter/cmd/kube-linter 0.7.5
go_program github.com/zegl/kube-score/cmd/kube-score 1.20.0
python_program checkov 3.3.30
exit "$status"
