# Part of install-profiles.sh: what this DaemonSet has on the node, in TARGET_DIR/.cdk8s-seccomp/<OWNER>/record:
#
#   release <number> <digest of documents.sha256>
#   wrote|found <number of the last release that had it> <second since which no release has it, or -> <digest> <path>
#
# "wrote" are the DaemonSet's own files, which it may remove. "found" were there before it came, as it would have written them.

RECORDS=.cdk8s-seccomp

is_number() {
  # Not "08", which the shell's arithmetic takes for octal and ends at, and nothing that it cannot hold.
  case $1 in '' | 0?* | *[!0-9]* | ????????????????*) return 1 ;; esac
}

# Whether a line of a record is one. Any other, which somebody else wrote, is dropped: its file stays on the node.
is_entry() { # kind, number, since, path
  case $1 in wrote | found) ;; *) return 1 ;; esac
  is_number "$2" && { [ "$3" = - ] || is_number "$3"; } && is_path "$4"
}

read_state() { # owner, name
  (enter_directory "$RECORDS/$1/$2" false >/dev/null && [ -f "$2" ] && [ ! -L "$2" ] && cat "$2") 2>/dev/null
}

write_state() { # name, text
  (enter_directory "$RECORDS/$OWNER/$1" mkdir && printf '%s\n' "$2" | replace_file - "$1" true) 2>&1
}

read_record() { # owner
  read_state "$1" record
}

write_record() { # text
  record=$1
  reason=$(write_state record "$1") && return 0
  log error "the record of what was installed is not written: $reason"
  return 1
}

# Sets what a record says of a path.
look_up_record() { # record, path
  kind=
  while read -r kind _ _ digest recorded; do
    [ "$recorded" != "$2" ] || return 0
  done <<RECORD
$1
RECORD
  kind=
}

# wrote or found; needs the record before.
origin_of() { # path; old
  look_up_record "$old" "$1"
  look_up "$1"
  if [ "$kind" = wrote ] || { [ "$kind" = found ] && [ "$digest" = "$expected" ]; }; then
    echo "$kind"
  elif [ -n "$(find_defect "$1")" ]; then
    echo wrote
  else
    echo found
  fi
}

# Writes down what this release has and which files no release has any more.
record_release() {
  wanted=$(profile_paths)
  [ -n "$wanted" ] || return 0
  old=$(read_record "$OWNER")
  if [ "$recorded_snapshot" = "$snapshot" ]; then
    # Only somebody else can have changed it.
    [ "$old" = "$record" ] || write_record "$record"
    return
  fi
  name=$({ sha256sum <"$snapshot/documents.sha256"; } 2>/dev/null) || return 1
  name=${name%% *}
  now=$(date +%s)
  is_number "$now" || now=-
  release=1
  kept=
  while read -r kind number since digest path; do
    if [ "$kind" = release ]; then
      is_number "$number" || continue
      release=$number
      [ "$since" = "$name" ] || release=$((number + 1))
    elif is_entry "$kind" "$number" "$since" "$path" && ! is_line "$path" "$wanted"; then
      [ "$since" != - ] || since=$now
      kept="$kept$NEWLINE$kind $number $since $digest $path"
    fi
  done <<RECORD
$old
RECORD
  new="release $release $name"
  while IFS= read -r path; do
    is_path "$path" || continue
    origin=$(origin_of "$path")
    look_up "$path"
    if [ -n "$expected" ]; then
      new="$new$NEWLINE$origin $release - $expected $path"
    else
      # It cannot be installed, but may have been.
      look_up_record "$old" "$path"
      [ -z "$kind" ] || new="$new$NEWLINE$kind $release - $digest $path"
    fi
  done <<WANTED
$wanted
WANTED
  record=$new$kept
  # Even if it cannot be written now: with the files in place, who wrote them could not be told again.
  recorded_snapshot=$snapshot
  [ "$old" = "$record" ] || write_record "$record"
}

is_line() { # line, text
  case "$NEWLINE$2$NEWLINE" in *"$NEWLINE$1$NEWLINE"*) return 0 ;; esac
  return 1
}

# Whether another DaemonSet has this file, or keeps it.
is_of_another() { # path
  set +f
  for directory in "$TARGET_DIR/$RECORDS"/*; do
    set -f
    other=${directory##*/}
    [ "$other" != "$OWNER" ] || continue
    case "$(read_record "$other")$NEWLINE" in *" $1$NEWLINE"*) return 0 ;; esac
  done
  set -f
  return 1
}

# Removes a file if it is still the one that this DaemonSet wrote. Fails as long as it has to stay.
remove_profile() { # kind, digest, path
  [ "$1" = wrote ] || return 0
  ! is_of_another "$3" || return 1
  expected=$2
  (enter_directory "$3" false && [ -f "${3##*/}" ] && [ ! -L "${3##*/}" ]) >/dev/null 2>&1 || return 0
  if ! (enter_directory "$3" false && has_digest "${3##*/}"); then
    log info "left $TARGET_DIR/$3: somebody has changed it"
  elif reason=$( (enter_directory "$3" false && rm -f "${3##*/}") 2>&1); then
    log info "removed $TARGET_DIR/$3: $because"
  else
    log error "$TARGET_DIR/$3 not removed: $reason"
    return 1
  fi
}

# Removes what is neither of the last releases nor young.
prune() {
  [ -n "$RETAIN" ] && [ -n "$RETAIN_SECONDS" ] || return 0
  now=$(date +%s)
  is_number "$now" || return 0
  kept=
  release=0
  while read -r kind number since digest path; do
    [ "$kind" != release ] || release=$number
    because="no release has had it for $RETAIN more, and $RETAIN_SECONDS s"
    if is_number "$since" && [ "$kind" != release ] && [ $((release - number)) -gt "$RETAIN" ] && [ $((now - since)) -ge "$RETAIN_SECONDS" ]; then
      if remove_profile "$kind" "$digest" "$path"; then continue; fi
    fi
    kept="$kept$NEWLINE$kind $number $since${digest:+ $digest $path}"
  done <<RECORD
$record
RECORD
  kept=${kept#"$NEWLINE"}
  [ "$kept" = "$record" ] || write_record "$kept"
}

# Everything that the DaemonSet wrote goes, and then its record.
remove_profiles() {
  [ "$MARK" = none ] || unmark_node
  because='the DaemonSet is gone'
  result=0
  while read -r kind number since digest path; do
    ! is_entry "$kind" "$number" "$since" "$path" || remove_profile "$kind" "$digest" "$path" || result=1
  done <<RECORD
$(read_record "$OWNER")
RECORD
  # The last DaemonSet removes the directory of the records.
  (enter_directory "$RECORDS/$OWNER/record" false && rm -f record leader mark && remove_leftovers && cd -P .. && rmdir "./$OWNER" &&
    cd -P .. && rmdir "./$RECORDS") >/dev/null 2>&1
  return "$result"
}

# With ON_DELETE=remove a new pod of the DaemonSet starts before the old one ends. The one that started last leads: it alone writes,
# and removes. <term of the leader> <how often it came by> <its pod>, in the file "leader".
lead() {
  [ "$ON_DELETE" = remove ] || return 0
  leader=$(read_state "$OWNER" leader)
  read -r its_term _ its_pod <<LEADER
$leader
LEADER
  # Nor can a term lead that has none after it.
  if ! is_number "$its_term" || ! is_number $((its_term + 1)); then its_term=0; fi
  [ -n "$term" ] || term=$((its_term + 1))
  if [ "$its_term" -ge "$term" ] && [ "$its_pod" != "$INSTANCE" ]; then
    [ "$leader" = "$last_leader" ] || silence=0
    last_leader=$leader
    silence=$((silence + POLL_SECONDS))
    # A leader that came by no more is dead. If it only slept, it takes the lead back: its term is higher.
    [ "$silence" -gt $((3 * (RESYNC_SECONDS + POLL_SECONDS))) ] || return 1
  fi
  beat=$((beat + 1))
  reason=$(write_state leader "$term $beat $INSTANCE") || log error "leadership not written: $reason"
}

is_leader() {
  read -r _ _ its_pod <<LEADER
$(read_state "$OWNER" leader)
LEADER
  [ "$its_pod" = "$INSTANCE" ]
}

still_leads() {
  [ "$ON_DELETE" != remove ] || is_leader
}

record=
recorded_snapshot=
term=
beat=0
silence=0
last_leader=
