# Part of install-profiles.sh: the node says which profiles it has, for pods to be scheduled by. A profile's mark is
# seccomp-profile-<the first 16 digits of the SHA-256 of its path>.
#
#   MARK=feature-file  in FEATURES_DIR/<OWNER>, a feature file of Node Feature Discovery, which makes it a label of the node
#   MARK=node-label    as label cdk8s-seccomp/<mark> of the Node NODE_NAME. Needs curl, and a token that may patch nodes
#
# https://kubernetes-sigs.github.io/node-feature-discovery/stable/usage/customization-guide.html#local-feature-source

FEATURES_DIR=${FEATURES_DIR:-/features}
ACCOUNT_DIR=${ACCOUNT_DIR:-/var/run/secrets/kubernetes.io/serviceaccount}
# Labels that somebody took away come back after so many rounds.
ROUNDS_BETWEEN_LABELS=60
# Stands among the marks last said until the API server has taken them.
UNSAID='?'

case $MARK in
  feature-file | node-label) ;;
  *)
    echo "MARK is \"$MARK\", expected none, feature-file or node-label" >&2
    exit 2
    ;;
esac

mark_of() { # path
  hash=$(printf %s "$1" | sha256sum)
  echo "seccomp-profile-${hash%"${hash#????????????????}"}"
}

is_in_place() { # digest, path
  expected=$1
  [ -z "$( (enter_directory "$2" false && defect "${2##*/}" || echo missing) 2>/dev/null)" ]
}

# The marks of all profiles of this DaemonSet that are on the node, those of older releases too.
marks() {
  read_record "$OWNER" | while read -r kind _ _ digest path; do
    if [ "$kind" != release ] && is_in_place "$digest" "$path"; then mark_of "$path"; fi
  done | sort -u
}

mark_node() {
  # As with TARGET_DIR, only a new container gets the new directory.
  [ "$MARK" != feature-file ] || (TARGET_DIR=$FEATURES_DIR exit_without_target) || exit 1
  say_marks "$(marks)"
}

unmark_node() {
  case $MARK in
    feature-file) remove_features ;;
    node-label) say_marks "$(shared_marks)" ;;
  esac
}

say_marks() { # marks
  reason=$(
    case $MARK in
      feature-file) write_features "$1" ;;
      node-label) write_labels "$1" ;;
    esac 2>&1
  ) && return 0
  # How long curl has waited is another number each time.
  log error "the node does not say which profiles it has: $(printf '%s' "$reason" | sed 's/ after [0-9]* m[a-z]*//')"
  return 1
}

write_features() { # marks
  TARGET_DIR=$FEATURES_DIR enter_directory "$OWNER" false || return 1
  remove_temporaries
  text=$(for mark in $1; do echo "$mark=true"; done)
  expected=$(printf '%s\n' "$text" | sha256sum)
  expected=${expected%% *}
  [ -n "$(defect "$OWNER")" ] || return 0
  printf '%s\n' "$text" | replace_file - "$OWNER" has_digest
}

remove_features() {
  reason=$( (TARGET_DIR=$FEATURES_DIR enter_directory "$OWNER" false && remove_temporaries && rm -f "./$OWNER") 2>&1) && return 0
  log error "$FEATURES_DIR/$OWNER not removed: $reason"
  return 1
}

# Of an installer that was killed. Node Feature Discovery reads hidden files up to 0.14.
remove_temporaries() {
  set +f
  rm -f "./.$OWNER".??????
  set -f
}

# What was said last is on the node, so that a mark is taken back even by a pod that did not make it.
write_labels() { # marks
  before=$(read_state "$OWNER" mark)
  if [ "$before" = "$1" ] && [ "$((rounds % ROUNDS_BETWEEN_LABELS))" != 1 ]; then return 0; fi
  labels=
  for mark in $1; do labels="$labels,\"cdk8s-seccomp/$mark\":\"true\""; done
  for mark in $before; do
    case $mark in *[!0-9a-z-]*) continue ;; esac
    is_line "$mark" "$1" || labels="$labels,\"cdk8s-seccomp/$mark\":null"
  done
  [ -n "$labels" ] || return 0
  # What may be on the node after a patch that failed halfway has to be known as well.
  # shellcheck disable=SC2086 # one line for each mark
  attempt=$(printf '%s\n' "$UNSAID" $before $1 | sort -u)
  [ "$before" = "$attempt" ] || write_state mark "$attempt" || return 1
  patch_node "{\"metadata\":{\"labels\":{${labels#,}}}}" && write_state mark "$1"
}

# Those that another DaemonSet has said as well: they stay when this one goes.
shared_marks() {
  own=$(read_state "$OWNER" mark)
  set +f
  for directory in "$TARGET_DIR/$RECORDS"/*; do
    [ "${directory##*/}" = "$OWNER" ] || read_state "${directory##*/}" mark
  done | sort -u | while read -r mark; do
    if [ "$mark" != "$UNSAID" ] && is_line "$mark" "$own"; then echo "$mark"; fi
  done
}

patch_node() { # body
  host=$KUBERNETES_SERVICE_HOST
  case $host in *:*) host="[$host]" ;; esac
  token=$(cat "$ACCOUNT_DIR/token") || return 1
  # The token is in no argument, where every process of the node could read it.
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --disable --config - --silent --show-error --fail --max-time 10 --noproxy '*' --output /dev/null --cacert "$ACCOUNT_DIR/ca.crt" \
      --request PATCH --header 'Content-Type: application/merge-patch+json' --data "$1" \
      "https://$host:$KUBERNETES_SERVICE_PORT/api/v1/nodes/$NODE_NAME"
}
