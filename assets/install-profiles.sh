#!/bin/sh
# Puts seccomp profiles where the kubelet of this node looks for them, and keeps them there.
#
#   install-profiles.sh run     install, then check again every RESYNC_SECONDS and when the source changes
#   install-profiles.sh once    install and exit
#   install-profiles.sh check   exit 0 if every profile on the host is what its source says, 1 if not
#   install-profiles.sh started exit 0 if the loop has had every profile in place, 1 if not yet; needs STATE_DIR
#
# SOURCE_DIR      a ConfigMap mount or plain directory with documents/<path on the node>/<kubernetes.io/arch of the node>.json and
#                 documents.sha256, which has the digest of each as sha256sum prints it
# TARGET_DIR      the host's <kubelet root>/seccomp
# RESYNC_SECONDS  default 60
# POLL_SECONDS    a changed source, and a check that fails, is noticed this often, default 5
# STATE_DIR       an empty directory, in which a check that fails wakes the loop; default: none, the loop waits for its time
# OWNER           the DaemonSet: what it wrote, and no other did, is in its record on the node (see profile-record.sh)
# RETAIN          with RETAIN_SECONDS: a profile that the source has no more stays for so many releases after it; default: for ever
# RETAIN_SECONDS  and never for less than this
# ON_DELETE       retain (default) or remove: what becomes of the DaemonSet's files when its last pod on the node ends
# INSTANCE        tells the pods of the DaemonSet apart
# MARK            none (default), feature-file or node-label: how the node says which profiles it has (see node-mark.sh)
# LOG_FORMAT      text (default) or json, one object a line
#
# Runs as root with no capability, in busybox ash or any POSIX shell. A path holds only letters, digits and ". _ - /".
set -uf
umask 022
# Names of characters and messages of tools that do not depend on the image.
export LC_ALL=C
unset CDPATH

SOURCE_DIR=${SOURCE_DIR:-/source}
TARGET_DIR=${TARGET_DIR:-/target}
RESYNC_SECONDS=${RESYNC_SECONDS:-60}
OWNER=${OWNER:-install-profiles}
RETAIN=${RETAIN:-}
RETAIN_SECONDS=${RETAIN_SECONDS:-}
ON_DELETE=${ON_DELETE:-retain}
INSTANCE=${INSTANCE:-$OWNER}
MARK=${MARK:-none}
LOG_FORMAT=${LOG_FORMAT:-text}
STATE_DIR=${STATE_DIR:-}
POLL_SECONDS=${POLL_SECONDS:-5}
NEWLINE='
'

# shellcheck source=assets/profile-record.sh
. "${0%/*}/profile-record.sh"
# shellcheck source=assets/node-mark.sh
if [ "$MARK" != none ]; then . "${0%/*}/node-mark.sh"; fi

log() { # level message
  # One line, whatever a tool said; without the name of a temporary file, the same line for the same trouble.
  message=$(printf '%s' "$2" | tr -s '\n\t' ' ' | tr -d '\000-\037\177' | sed "s|[^ ']*\.$OWNER\.[A-Za-z0-9]*|temporary file|g")
  if [ "$1" = error ] && ! is_news "$message"; then return; fi
  stamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  if [ "$LOG_FORMAT" = json ]; then
    printf '{"time":"%s","level":"%s","message":"%s"}\n' "$stamp" "$1" "$(printf '%s' "$message" | sed 's/["\\]/\\&/g')"
  else
    [ "$1" = info ] || message="$1: $message"
    printf '%s %s\n' "$stamp" "$message"
  fi
}

# The same trouble in round after round is told once.
is_news() { # message
  troubles=$troubles$1$NEWLINE
  case $NEWLINE$told in *"$NEWLINE$1$NEWLINE"*) return 1 ;; esac
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

# Every path on the node that the snapshot has a document for, or the digest of one.
profile_paths() {
  [ -n "$snapshot" ] && cd "$snapshot/documents" 2>/dev/null || return 0
  {
    find . -type d -name '*.json' | sed 's|^\./||'
    sed -n 's|^[0-9a-f]*  documents/\(.*\)/[^/]*$|\1|p' ../documents.sha256 2>/dev/null
  } | sort -u
}

# Sets what is read of the source in this round: where it is, and the digests of its documents.
enter_snapshot() {
  snapshot=$(find_snapshot) || snapshot=
  digests=$NEWLINE$(cat "$snapshot/documents.sha256" 2>/dev/null)$NEWLINE
}

# Goes to the directory of a file below TARGET_DIR, never through a link, which could lead out of it. From there a file has a name
# without a directory, so that nobody can plant a link on the way any more.
enter_directory() { # path, command for a directory that is missing
  rest=$1
  cd -P "$TARGET_DIR" && [ -n "$PWD" ] || return 1
  while [ "${rest#*/}" != "$rest" ]; do
    name=${rest%%/*}
    rest=${rest#*/}
    expected_directory=${PWD%/}/$name
    if [ -L "./$name" ]; then
      echo "$expected_directory is a symbolic link, expected a directory"
      return 1
    fi
    [ -d "./$name" ] || "$2" "./$name" || return 1
    cd -P "./$name" || return 1
    if [ "$PWD" != "$expected_directory" ]; then
      echo "$expected_directory has become a symbolic link, expected a directory"
      return 1
    fi
  done
}

# What is wrong with the installed file, or nothing. A file with another owner or a second name can be changed from elsewhere.
defect() { # name
  if [ -L "$1" ]; then
    echo 'a link'
  elif [ ! -e "$1" ]; then
    echo missing
  elif [ ! -f "$1" ]; then
    echo 'not a file'
  elif [ "$(stat -c '%a %u %h' "$1")" != '644 0 1' ]; then
    echo 'of another mode, owner or link count'
  elif ! has_digest "$1"; then
    echo changed
  fi
}

has_digest() { # file; expected
  [ "$({ sha256sum <"$1"; } 2>/dev/null)" = "$expected  -" ]
}

# Whether a file is one JSON object: strings, numbers and words become tokens, and what is complete becomes one token, until one is
# left.
is_json_object() { # file
  [ "$(sed -E \
    -e 's/"([^"\\[:cntrl:]]|\\(["\\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/""/g' -e 's/[SVO]/?/g' -e 's/""/S/g' \
    -e 's/true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([Ee][-+]?[0-9]+)?/V/g' "$1" | tr -d ' \t\r\n' | sed -E -e ':a' \
    -e 's/\[([SVO](,[SVO])*)?\]/V/g' -e 's/\{(S:[SVO](,S:[SVO])*)?\}/O/g' -e 'ta')" = O ]
}

# Those of an installer that was killed. Another owner's have more than six characters after this one's name.
remove_leftovers() {
  set +f
  rm -f "./.$OWNER".?????? 2>/dev/null
  set -f
}

# Readers see the old file or the new one: the new one is complete, checked and on the disk before it gets its name.
replace_file() { # source, name, command that accepts the copy or says what is wrong with it
  if [ -d "$2" ] && [ ! -L "$2" ]; then
    echo "is a directory, expected a file"
    return 1
  fi
  remove_leftovers
  temporary=$(mktemp "./.$OWNER.XXXXXX") || return 1
  # coreutils' mv refuses to replace a link to itself; without -T it would move into a directory that a link leads to.
  [ ! -L "$2" ] || rm -f "$2"
  cat "$1" >"$temporary" && "$3" "$temporary" && chmod 0644 "$temporary" && sync "$temporary" &&
    mv -fT "$temporary" "$2" && sync . && return 0
  rm -f "$temporary"
  return 1
}

is_expected() { # copy of the source; expected
  if ! has_digest "$1"; then
    echo "its source has not the digest that documents.sha256 says"
  elif ! is_json_object "$1"; then
    echo "its source is not a JSON object"
  else
    return 0
  fi
  return 1
}

place_profile() { # path; source, expected
  enter_directory "$1" mkdir && replace_file "$source" "${1##*/}" is_expected
}

# What is wrong with a profile on the host, or nothing; fails if that cannot be told.
find_defect() { # path; source, expected
  has_digest "$source" || echo 'not as its source'
  enter_directory "$1" false 2>/dev/null >&2 || { echo missing && return; }
  defect "${1##*/}"
}

# Sets what the other functions need to know of a profile.
look_up() { # path
  file=documents/$1/$architecture.json
  source=$snapshot/$file
  expected=${digests%%"  $file$NEWLINE"*}
  if [ "$expected" = "$digests" ]; then expected=; else expected=${expected##*"$NEWLINE"}; fi
}

is_path() {
  case /$1/ in
    *[!A-Za-z0-9._/-]* | *//* | */./* | */../*) return 1 ;;
  esac
}

install_profile() { # path
  if ! is_path "$1"; then
    log error "the source has a document for \"$1\", expected a path of letters, digits, \".\", \"_\", \"-\" and \"/\" below $TARGET_DIR"
    return 1
  fi
  look_up "$1"
  found=$(find_defect "$1")
  [ -n "$expected" ] && [ -z "$found" ] && return 0
  if [ ! -d "$snapshot" ]; then
    return 1 # There is a new one.
  elif [ ! -f "$source" ]; then
    log error "$1 has no document for this node ($machine, kubernetes.io/arch $architecture): it stays not ready"
  elif [ -z "$expected" ]; then
    log error "$1 not installed: documents.sha256 has no digest of its document for $architecture"
  elif reason=$(place_profile "$1" 2>&1); then
    log info "installed $TARGET_DIR/$1 ($architecture): it was $found"
    return 0
  elif [ -d "$snapshot" ]; then
    log error "$TARGET_DIR/$1 not installed: $reason"
  fi
  return 1
}

check_profile() { # path
  look_up "$1"
  [ -n "$expected" ] && [ -z "$(find_defect "$1")" ]
}

# Runs a function for every profile of the snapshot; fails if one of them fails, or if there is none.
for_each_profile() { # function
  count=0
  failed=0
  while IFS= read -r path; do
    [ -n "$path" ] || continue
    count=$((count + 1))
    "$1" "$path" || failed=1
  done <<PATHS
$(profile_paths)
PATHS
  if [ "$count" = 0 ] && [ "$1" = install_profile ]; then log error "no profile in $SOURCE_DIR"; fi
  [ "$count" -gt 0 ] && [ "$failed" = 0 ]
}

check() {
  enter_snapshot
  for_each_profile check_profile && return 0
  say_state check-failed
  return 1
}

# What check and the loop tell each other; without a directory for it, or room in it, nothing.
say_state() { # word
  [ -z "$STATE_DIR" ] || { true >"$STATE_DIR/$1"; } 2>/dev/null || true
}

unsay_state() { # word
  [ -z "$STATE_DIR" ] || rm -f "$STATE_DIR/$1"
}

has_state() { # word
  [ -n "$STATE_DIR" ] && [ -e "$STATE_DIR/$1" ]
}

# One round: what the source has is on the node, recorded, and the node says so.
install() {
  # Before the files are looked at: a check that fails from here on is news.
  unsay_state check-failed
  enter_snapshot
  rounds=$((rounds + 1))
  result=0
  # Before the files, so that none of them is ever on the node without a record of who wrote it.
  record_release || result=1
  for_each_profile install_profile || result=1
  [ "$result" = 1 ] || prune || result=1
  [ "$MARK" = none ] || mark_node || result=1
  return "$result"
}

pause() { # seconds
  sleep "$1" &
  sleeper=$!
  # Without a working sleep the loop would never rest; the kubelet starts us again, later and later.
  wait "$sleeper" || exit 1
}

wait_for_change() { # seconds
  waited=0
  while [ "$waited" -lt "$1" ]; do
    step=$(($1 - waited))
    [ "$step" -gt "$POLL_SECONDS" ] && step=$POLL_SECONDS
    pause "$step"
    waited=$((waited + step))
    [ "$(find_snapshot)" = "$snapshot" ] && still_leads && ! has_state check-failed || return 0
  done
}

stop() {
  [ -n "$sleeper" ] && kill "$sleeper" 2>/dev/null
  if [ "$ON_DELETE" = remove ] && is_leader; then
    remove_profiles
  else
    log info "stopping: the profiles stay, running pods need them to restart"
  fi
  exit 0
}

# A mount whose directory the host has removed stays empty for ever. Only a new container gets the new directory.
exit_without_target() {
  if (cd -P "$TARGET_DIR" 2>/dev/null && [ -n "$PWD" ]); then return; fi
  log error "$TARGET_DIR is not there, or was removed on the node: exiting to get it mounted again"
  exit 1
}

# Nodes that began together do not work together.
phase() {
  hash=$(printf %s "$INSTANCE" | sha256sum)
  echo $((0x${hash%"${hash#????}"} % RESYNC_SECONDS + 1))
}

run() {
  sleeper=
  ready=
  retry=1
  trap stop TERM INT
  # It outlives the container.
  unsay_state installed
  log info "node $machine (kubernetes.io/arch $architecture), from $SOURCE_DIR to $TARGET_DIR, every $RESYNC_SECONDS s"
  while :; do
    exit_without_target
    troubles=
    if ! lead; then
      ready=
      # The leader goes on with the record.
      recorded_snapshot=
      delay=$POLL_SECONDS
    elif install; then
      delay=$RESYNC_SECONDS
      if [ -z "$ready" ]; then
        log info "ready: every profile is in place ($count)"
        say_state installed
        delay=$(phase)
      fi
      ready=yes
      retry=1
    else
      ready=
      # After a second, then later and later.
      delay=$retry
      retry=$((retry * 2))
      [ "$retry" -lt "$RESYNC_SECONDS" ] || retry=$RESYNC_SECONDS
    fi
    told=$troubles
    wait_for_change "$delay"
  done
}

machine=$(uname -m)
architecture=$(node_architecture "$machine")
snapshot=
rounds=0
troubles=
told=
expect_seconds() { # name, value
  case $2 in
    0* | *[!0-9]*)
      echo "$1 is \"$2\", expected a number of seconds" >&2
      exit 2
      ;;
  esac
}
expect_seconds RESYNC_SECONDS "$RESYNC_SECONDS"
expect_seconds POLL_SECONDS "$POLL_SECONDS"
if ! is_number "${RETAIN:-0}" || ! is_number "${RETAIN_SECONDS:-0}"; then
  echo "RETAIN is \"$RETAIN\" and RETAIN_SECONDS \"$RETAIN_SECONDS\", expected a number of releases and of seconds" >&2
  exit 2
fi
case $OWNER in
  .* | *[!A-Za-z0-9._-]*)
    echo "OWNER is \"$OWNER\", expected letters, digits, \".\", \"_\" and \"-\"" >&2
    exit 2
    ;;
esac
case ${1:-run} in
  run) run ;;
  once) install ;;
  check) check ;;
  started) has_state installed ;;
  *)
    echo "unknown command \"$1\", expected run, once, check or started" >&2
    exit 2
    ;;
esac
