#!/bin/sh
# Prints one line of JSON that says whether threads start in this container: with thread-probe.py if the image has Python, else with this shell.
#
# NODE, MODE  name of the node, and seccomp mode of the container, for the line
# STAY        if not empty, sleep after the line, else exit: 0 threads start, 1 they do not, 2 not known
# PYTHON      Python 3, default python3
#
# A shell cannot start a thread or make a call by number. It makes calls with Perl, which Debian and Ubuntu always have, and concludes from the version of
# the C library whether a thread starts. Values that it could not find out are listed in "unseen".
#
# Runs as any user with no capability, in busybox ash or any POSIX shell. It starts no child process to read a file: a limit may not allow one.
set -uf
export LC_ALL=C

NODE=${NODE:-}
MODE=${MODE:-}
STAY=${STAY:-}
PYTHON=${PYTHON-python3}

if [ -n "$PYTHON" ] && command -v "$PYTHON" >/dev/null; then
  exec "$PYTHON" -ISB "${0%/*}/thread-probe.py"
fi

PERL=${PERL-perl}
time='' architecture='' kernel='' libc='' uid='' seccomp='' filters='' fork=''
clone3='' clone='' unshare='' mount=''
nproc='' threads=0 pids='' pids_max='' hits='' verdict=undecided

# --- values from files of the kernel, read without a child

read_file() { # file variable
  if [ -r "$1" ]; then read -r "$2" <"$1" || :; fi
}

read_status() {
  [ -r /proc/self/status ] || return 0
  while read -r key value _; do
    case $key in
      Seccomp:) seccomp=$value ;;
      Seccomp_filters:) filters=$value ;;
      Uid:) uid=$value ;;
    esac
  done </proc/self/status
}

read_limits() {
  [ -r /proc/self/limits ] || return 0
  while read -r one two value _; do
    if [ "$one $two" = 'Max processes' ]; then nproc=$value; fi
  done </proc/self/limits
  if [ "$nproc" = unlimited ]; then nproc=max; fi
}

# Counts the visible threads of the user. RLIMIT_NPROC also counts those of other containers.
count_threads() {
  set +f
  for status in /proc/[0-9]*/status; do
    own=''
    while read -r key value _; do
      case $key in
        Uid:) own=$value ;;
        Threads:) if [ "$own" = "$uid" ]; then threads=$((threads + value)); fi ;;
      esac
    done <"$status" || :
  done 2>/dev/null
  set -f
}

# Finds the container's cgroup, version 2 or 1, which may or may not be the root of the visible tree.
find_pids() {
  for group in /sys/fs/cgroup /sys/fs/cgroup/pids; do
    if [ -r "$group/pids.max" ]; then pids_group=$group; fi
  done
  [ -r /proc/self/cgroup ] || return 0
  while IFS=: read -r _ controllers path; do
    case $controllers in
      '') group=/sys/fs/cgroup$path ;;
      pids) group=/sys/fs/cgroup/pids$path ;;
      *) continue ;;
    esac
    if [ -r "$group/pids.max" ]; then pids_group=$group; fi
  done </proc/self/cgroup
}

read_hits() {
  hits_now=''
  if [ -r "$pids_group/pids.events" ]; then read -r _ hits_now <"$pids_group/pids.events" || :; fi
}

# --- values that need a child

errno_name() { # number
  case $1 in
    0) echo ok ;;
    1) echo EPERM ;;
    11) echo EAGAIN ;;
    12) echo ENOMEM ;;
    13) echo EACCES ;;
    14) echo EFAULT ;;
    22) echo EINVAL ;;
    28) echo ENOSPC ;;
    38) echo ENOSYS ;;
    89) case $architecture in mips*) echo ENOSYS ;; *) echo "errno $1" ;; esac ;;
    *) echo "errno $1" ;;
  esac
}

# Makes a call in a child, because a filter may kill the caller.
ask() { # number argument...
  # shellcheck disable=SC2016 # these are Perl's variables
  number=$("$PERL" -e '@a = map { int } @ARGV; $! = 0; print syscall(shift @a, @a) == -1 ? $! + 0 : 0' "$@" 2>/dev/null)
  status=$?
  if [ "$status" -eq 0 ]; then
    errno_name "$number"
  elif [ "$status" -eq 159 ]; then
    echo SIGSYS
  elif [ "$status" -gt 128 ]; then
    echo "SIG$(kill -l "$status")"
  fi
}

# Makes calls with arguments that the kernel itself refuses: EFAULT for null pointers in place of the arguments of clone3 and the path of mount, EINVAL
# for CLONE_THREAD without CLONE_SIGHAND and for a flag that unshare does not have.
ask_kernel() {
  command -v "$PERL" >/dev/null || return 0
  n_clone3=435 n_clone='' n_unshare='' n_mount=''
  case $architecture in
    x86_64) n_clone=56 n_unshare=272 n_mount=165 ;;
    aarch64 | riscv64 | loongarch64) n_clone=220 n_unshare=97 n_mount=40 ;;
    i?86) n_clone=120 n_unshare=310 n_mount=21 ;;
    arm*) n_clone=120 n_unshare=337 n_mount=21 ;;
    ppc64*) n_clone=120 n_unshare=282 n_mount=21 ;;
    s390x) n_clone=120 n_unshare=303 n_mount=21 ;;
    mips64) n_clone3=5435 n_clone=5055 n_unshare=5262 n_mount=5160 ;;
    *) return 0 ;;
  esac
  case $libc in musl) flags=8193792 ;; *) flags=3999488 ;; esac
  clone3=$(ask $n_clone3 0 88)
  case $architecture in
    s390x) clone=$(ask $n_clone 0 $flags 0 0 0) ;;
    *) clone=$(ask $n_clone $flags 0 0 0 0) ;;
  esac
  unshare=$(ask $n_unshare 1)
  mount=$(ask $n_mount 0 0 0 0 0)
}

find_libc() {
  libc=$(getconf GNU_LIBC_VERSION 2>/dev/null)
  [ -z "$libc" ] || return 0
  set +f
  for loader in /lib/ld-musl-*; do
    if [ -e "$loader" ]; then libc=musl; fi
  done
  set -f
}

# Prints yes or no if this C library starts threads with or without clone3, and nothing if that is not known.
uses_clone3() {
  case $libc in
    musl) echo no; return ;;
    'glibc '*) minor=${libc#glibc 2.} minor=${minor%%.*} ;;
    *) return ;;
  esac
  case $architecture in
    x86_64 | i?86) since=34 ;;
    loongarch64) since=36 ;;
    aarch64 | ppc64* | riscv64 | s390x) since=38 ;;
    *) since=39 ;;
  esac
  if [ "$minor" -ge $since ]; then echo yes; else echo no; fi
}

# --- the verdict

conclude() {
  uses=$(uses_clone3)
  case ${seccomp:-unknown} in
    0) verdict=unfiltered; return ;;
    unknown) return ;;
  esac
  case $clone3 in
    '') return ;;
    EFAULT | EINVAL | E2BIG) answer=reached ;;
    ENOSYS) answer=missing ;;
    ok | SIG*) answer=killed ;;
    *) answer=denied ;;
  esac
  case $uses:$answer in
    yes:reached) verdict=works ;;
    yes:denied) verdict='clone3-denied' ;;
    yes:killed) verdict=killed ;;
    :denied | :killed) ;;
    *)
      case $clone in
        EINVAL)
          case $answer in
            reached) verdict=works ;;
            missing) verdict='falls-back' ;;
            *) verdict='clone3-unused' ;;
          esac
          ;;
        '') ;;
        ok | SIG*) verdict=killed ;;
        *) verdict='clone-denied' ;;
      esac
      ;;
  esac
}

is_reached() { # current max
  case $1:$2 in *[!0-9:]* | :* | *:) return 1 ;; esac
  [ "$1" -ge "$2" ]
}

conclude_from_limits() {
  if is_reached "$pids" "$pids_max" || [ "${hits:-0}" -gt 0 ]; then
    verdict='pids-limit'
  elif [ "$uid" != 0 ] && is_reached "$threads" "$nproc"; then
    verdict='process-limit'
  else
    verdict='unseen-limit'
  fi
}

# --- the line

text() { # value, a JSON string, or null
  if [ -z "$1" ]; then printf null; return; fi
  rest=$1
  printf '"'
  while :; do
    case $rest in
      *[\"\\]*)
        before=${rest%%[\"\\]*} rest=${rest#"${rest%%[\"\\]*}"}
        printf '%s\\%.1s' "$before" "$rest"
        rest=${rest#?}
        ;;
      *) printf '%s"' "$rest"; return ;;
    esac
  done
}

number() { # value, a JSON number, or null
  case $1 in '') printf null ;; *[!0-9]*) text "$1" ;; *) printf '%s' "$1" ;; esac
}

member() { # key, value as JSON; a missing value is listed in "unseen"
  printf '"%s":' "$1"
  text "$2"
  printf ,
  if [ -z "$2" ]; then unseen="$unseen,\"$1\""; fi
}

finish() {
  trap - EXIT
  read_hits
  if [ -n "$hits_before" ] && [ -n "$hits_now" ]; then hits=$((hits_now - hits_before)); fi
  if [ "$fork" != ok ]; then
    # A shell that cannot fork exits, and gets here.
    fork=EAGAIN
    conclude_from_limits
  else
    case $verdict:${hits:-0} in
      *:0) ;;
      undecided:* | unfiltered:*) conclude_from_limits ;;
    esac
  fi
  unseen='"thread","unshareUser"'
  printf '{"probe":"thread-probe/1","time":'
  text "$time"
  printf ',"node":"%s","mode":' "$NODE"
  text "$MODE"
  printf ,
  member architecture "$architecture"
  member kernel "$kernel"
  member libc "$libc"
  printf '"by":"sh","uid":'
  number "$uid"
  printf ',"seccomp":'
  number "$seccomp"
  printf ',"filters":'
  number "$filters"
  printf ',"fork":"%s","nproc":{"current":%s,"max":' "$fork" "$threads"
  number "$nproc"
  printf '},'
  member clone3 "$clone3"
  member clone "$clone"
  printf '"thread":'
  text ''
  printf ',"pids":{"current":'
  number "$pids"
  printf ',"max":'
  number "$pids_max"
  printf ',"hits":'
  number "$hits"
  printf '},'
  member unshare "$unshare"
  printf '"unshareUser":'
  text ''
  printf ,
  member mount "$mount"
  printf '"unseen":[%s],"verdict":"%s"}\n' "$unseen" "$verdict"
  # sleep replaces the shell, so it needs no child.
  if [ -n "$STAY" ]; then exec sleep 2147483647; fi
  case $verdict in
    works | falls-back | clone3-unused | unfiltered) exit 0 ;;
    undecided) exit 2 ;;
    *) exit 1 ;;
  esac
}

pids_group=/sys/fs/cgroup/pids
read_status
read_limits
count_threads
find_pids
read_file /proc/sys/kernel/osrelease kernel
read_file /proc/sys/kernel/arch architecture
read_hits
hits_before=$hits_now
read_file "$pids_group/pids.current" pids
read_file "$pids_group/pids.max" pids_max

trap finish EXIT
# Bash retries for 15 seconds if it cannot fork, and then continues.
# If a filter answers a fork with 0 and no child is made, the shell takes itself for the child and exits here, with 2.
(exit 2)
if [ $? -eq 2 ]; then fork=ok; fi
if [ "$fork" = ok ]; then
  machine=$(uname -m 2>/dev/null)
  architecture=${machine:-$architecture}
  time=$(date -u +%Y-%m-%dT%H:%M:%SZ 2>/dev/null)
  find_libc
  ask_kernel
  conclude
fi
finish
