#!/bin/bash
# Makes the programs that read feature files with the code of Node Feature Discovery, of two of its releases: scripts/make-nfd-reader.sh DIRECTORY.
# Needs no network when they have been made before. Otherwise the Go module proxy and, without Go 1.25, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
readers=$(cd "$1" && pwd)

. "$scripts/use-go.sh"
use_go 25 "$readers"
cd "$scripts/../test/node/node-gate/nfd"
# 0.15 is the oldest that the proxy has, and the first that ignores hidden files.
go build -modfile oldest.mod -tags oldest -o "$readers/oldest" .
go build -o "$readers/newest" .
