#!/bin/bash
# Makes the programs that judge requests with the ValidatingAdmissionPolicy machinery of Kubernetes itself, of 1.30, the first that has it in v1, and of
# a recent one: scripts/make-cel-oracle.sh DIRECTORY. Needs no network when they have been made before. Otherwise the Go module proxy and, without
# Go 1.26, PyPI. The first time takes some minutes.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)

. "$scripts/use-go.sh"
use_go 26 "$tools"
cd "$scripts/../test/node/admission"
go build -modfile oldest.mod -tags oldest -o "$tools/oldest" .
go build -o "$tools/newest" .
