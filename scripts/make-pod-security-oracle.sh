#!/bin/bash
# Makes the program of test/node/pod-security, which is Kubernetes' own Pod Security admission, as DIRECTORY/bin/pod-security:
# scripts/make-pod-security-oracle.sh DIRECTORY. Prints where the source of the admission lies, with its test data. Needs no network when it has been
# made before. Otherwise the Go module proxy and, without Go 1.26, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)

. "$scripts/use-go.sh"
use_go 26 "$tools"
cd "$scripts/../test/node/pod-security"
go build -o "$tools/bin/" .
go list -m -f '{{.Dir}}' k8s.io/pod-security-admission
