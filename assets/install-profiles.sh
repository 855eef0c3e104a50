#!/bin/sh
# Puts seccomp profiles where the kubelet of this node looks for them, and keeps them there.
#
#   install-profiles.sh run     install, then check again every RESYNC_SECONDS and when the source changes
#   install-profiles.sh once    install and exit
#   install-profiles.sh check   exit 0 if every profile on the host equals its source, 1 if not
#
# SOURCE_DIR      documents/<path on the node>/<kubernetes.io/arch of the node>.json, as a ConfigMap mount or plain directory
# TARGET_DIR      the host's <kubelet root>/seccomp
# RESYNC_SECONDS  default 60
# OWNER           tells the temporary files of two installers on one node apart
#
# Runs as root with no capability, in busybox ash or any POSIX shell. A path holds only letters, digits and ". _ - /": whoever
# makes the source sees to that.
set -u
umask 022

SOURCE_DIR=${SOURCE_DIR:-/source}
TARGET_DIR=${TARGET_DIR:-/target}
RESYNC_SECONDS=${RESYNC_SECONDS:-60}
OWNER=${OWNER:-install-profiles}
# A changed ConfigMap is noticed this often. Costs one sleep process.
POLL_SECONDS=5

log() {
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"
}

# The node's architecture in Kubernetes' words.
node_architecture() {
  case $1 in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    armv6l | armv7l) echo arm ;;
    ppc64le) echo ppc64le ;;
    s390x) echo s390x ;;
    riscv64) echo riscv64 ;;
    mips64le | mips64) echo mips64le ;;
    loongarch64) echo loong64 ;;
    *) echo "$1" ;;
  esac
}

# The kubelet publishes a new ConfigMap by swinging the ..data link and deleting the old directory. Working in the directory
# behind the link gives documents that belong together.
find_snapshot() {
  if [ -e "$SOURCE_DIR/..data" ]; then
    cd -P "$SOURCE_DIR/..data" 2>/dev/null && pwd
  else
    cd -P "$SOURCE_DIR" 2>/dev/null && pwd
  fi
}

# Every path on the node that the snapshot has documents for.
profile_paths() {
  [ -n "$snapshot" ] || return 0
  (cd "$snapshot/documents" 2>/dev/null && find . -type d -name '*.json' | sed 's|^\./||' | sort)
}

is_installed() { # source target
  [ -f "$2" ] && [ ! -L "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c %a "$2")" = 644 ]
}

# A link on the way could lead out of the kubelet's directory.
make_directories() { # path of a file below TARGET_DIR
  directory=$TARGET_DIR
  rest=$1
  while [ "${rest#*/}" != "$rest" ]; do
    directory=$directory/${rest%%/*}
    rest=${rest#*/}
    if [ -L "$directory" ]; then
      echo "$directory is a symbolic link, expected a directory"
      return 1
    fi
    [ -d "$directory" ] || mkdir "$directory" || return 1
  done
}

# Readers see the old file or the new one: the new one is complete and on the disk before it gets its name.
write_profile() { # source target
  directory=${2%/*}
  if [ -d "$2" ] && [ ! -L "$2" ]; then
    echo "is a directory, expected a file"
    return 1
  fi
  # Left over from an installer that was killed.
  rm -f "$directory/.$OWNER".* || return 1
  temporary=$(mktemp "$directory/.$OWNER.XXXXXX") || return 1
  if cat "$1" >"$temporary" && cmp "$1" "$temporary" && chmod 0644 "$temporary" && sync "$temporary"; then
    # mv would move into a directory that a link leads to.
    if [ -L "$2" ] && [ -d "$2" ]; then rm -f "$2"; fi
    mv -f "$temporary" "$2" && sync "$directory" && return 0
  fi
  rm -f "$temporary"
  return 1
}

install_profile() { # path
  source=$snapshot/documents/$1/$architecture.json
  target=$TARGET_DIR/$1
  [ -d "$snapshot" ] || return 1
  if [ ! -f "$source" ]; then
    log "error: $1 has no document for this node ($machine, kubernetes.io/arch $architecture): it stays not ready"
    return 1
  fi
  is_installed "$source" "$target" && return 0
  if ! reason=$(make_directories "$1" 2>&1 && write_profile "$source" "$target" 2>&1); then
    log "error: $target not installed: $reason"
    return 1
  fi
  log "installed $target ($architecture)"
}

check_profile() { # path
  is_installed "$snapshot/documents/$1/$architecture.json" "$TARGET_DIR/$1"
}

# Runs a function for every profile; fails if one of them fails, or if there is none.
for_each_profile() { # function
  snapshot=$(find_snapshot) || snapshot=
  profile_paths | {
    found=0
    failed=0
    while IFS= read -r path; do
      found=1
      "$1" "$path" || failed=1
    done
    if [ "$found" = 0 ] && [ "$1" = install_profile ]; then log "error: no profile in $SOURCE_DIR"; fi
    [ "$found" = 1 ] && [ "$failed" = 0 ]
  }
}

pause() { # seconds
  sleep "$1" &
  sleeper=$!
  wait "$sleeper"
}

wait_for_change() {
  waited=0
  while [ "$waited" -lt "$RESYNC_SECONDS" ]; do
    step=$((RESYNC_SECONDS - waited))
    [ "$step" -gt "$POLL_SECONDS" ] && step=$POLL_SECONDS
    pause "$step"
    waited=$((waited + step))
    # The snapshot is gone: there is a new one, or there never was any.
    [ -d "$snapshot" ] || return 0
  done
}

stop() {
  [ -n "$sleeper" ] && kill "$sleeper" 2>/dev/null
  log "stopping: the profiles stay, running pods need them to restart"
  exit 0
}

run() {
  sleeper=
  trap stop TERM INT
  log "node $machine (kubernetes.io/arch $architecture), from $SOURCE_DIR to $TARGET_DIR, every $RESYNC_SECONDS s"
  while :; do
    for_each_profile install_profile
    wait_for_change
  done
}

machine=$(uname -m)
architecture=$(node_architecture "$machine")
snapshot=
case ${1:-run} in
  run) run ;;
  once) for_each_profile install_profile ;;
  check) for_each_profile check_profile ;;
  *)
    echo "unknown command \"$1\", expected run, once or check" >&2
    exit 2
    ;;
esac
