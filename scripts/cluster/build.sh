#!/bin/bash
# Builds programs of Kubernetes from the Go module proxy: scripts/cluster/build.sh VERSION DIRECTORY PROGRAM... Called by scripts/make-cluster.sh.
set -euo pipefail

version=$1
bin=$2
programs=("${@:3}")
staging=v0.${version#v1.}
work=$(mktemp -d "$bin/../build.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

# k8s.io/kubernetes replaces its siblings by directories that its module does not have. With its own go.mod, and the siblings' releases named
# instead, every other dependency is of the version that Kubernetes is tested with.
printf 'module cluster\n' >go.mod
modfile=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
sed -E -e "s#^module .*#module cluster\n\nrequire k8s.io/kubernetes $version#" \
  -e "s#^(\s*)(k8s.io/[a-z-]+) v0\.0\.0(\s|\$)#\1\2 $staging\3#" \
  -e "s#(k8s.io/[a-z-]+) => \./staging/.*#\1 => \1 $staging#" "$modfile" >go.mod

# Without these it would call itself v0.0.0-master, and the controllers would take it for older than everything.
package=k8s.io/component-base/version
minor=${version#v1.}
flags="-s -w -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*} -X $package.gitTreeState=clean"

# They share two thirds of their packages: all but the first are soon there.
for program in "${programs[@]}"; do
  started=$SECONDS
  go build -mod=mod -ldflags "$flags" -o "$program" "k8s.io/kubernetes/cmd/$program"
  mv "$program" "$bin/"
  echo "$program: $((SECONDS - started)) s"
done
