/**
 * System calls that came in place of older ones. Each chain runs from the oldest to the newest name, and a later name can do
 * what an earlier one does: a rule that names only earlier ones is got round, or misses what newer programs call.
 */
export interface SpellingGroup {
  readonly id: string;
  readonly title: string;
  readonly chains: readonly (readonly string[])[];
  readonly why: string;
  readonly source: string;
}

const suffixed = (suffix: string, ...names: string[]) => names.map(name => [name, `${name}${suffix}`]);

export const SPELLINGS: readonly SpellingGroup[] = [
  {
    id: 'time64',
    title: '64-bit time',
    chains: [
      ...suffixed('64', 'clock_adjtime', 'clock_gettime', 'clock_settime', 'timer_gettime', 'timer_settime', 'timerfd_gettime', 'timerfd_settime'),
      ...suffixed('_time64', 'clock_getres', 'clock_nanosleep', 'futex', 'io_pgetevents', 'mq_timedreceive', 'mq_timedsend', 'ppoll', 'pselect6',
        'recvmmsg', 'rt_sigtimedwait', 'sched_rr_get_interval', 'semtimedop', 'utimensat'),
    ],
    why: '32-bit ABIs got these in Linux 5.1 for the time after 2038; programs built for it call nothing else.',
    source: 'https://sourceware.org/glibc/wiki/Y2038ProofnessDesign',
  },
  {
    id: 'directory-relative',
    title: 'Paths relative to a directory, and their successors with flags',
    chains: [
      ['access', 'faccessat', 'faccessat2'],
      ['chmod', 'fchmodat', 'fchmodat2'], ['fchmod', 'fchmodat2'],
      ['chown', 'fchownat'], ['lchown', 'fchownat'], ['fchown', 'fchownat'],
      ['creat', 'open', 'openat', 'openat2'],
      ['execve', 'execveat'],
      ['link', 'linkat'], ['mkdir', 'mkdirat'], ['mknod', 'mknodat'], ['readlink', 'readlinkat'], ['symlink', 'symlinkat'],
      ['rename', 'renameat', 'renameat2'],
      ['unlink', 'unlinkat'], ['rmdir', 'unlinkat'],
      ['utime', 'utimes', 'futimesat', 'utimensat'],
      ['oldstat', 'stat', 'newfstatat', 'statx'], ['oldlstat', 'lstat', 'newfstatat'], ['oldfstat', 'fstat', 'newfstatat'],
      ['stat64', 'fstatat64', 'statx'], ['lstat64', 'fstatat64'], ['fstat64', 'fstatat64'],
      ['getxattr', 'getxattrat'], ['lgetxattr', 'getxattrat'], ['fgetxattr', 'getxattrat'],
      ['setxattr', 'setxattrat'], ['lsetxattr', 'setxattrat'], ['fsetxattr', 'setxattrat'],
      ['listxattr', 'listxattrat'], ['llistxattr', 'listxattrat'], ['flistxattr', 'listxattrat'],
      ['removexattr', 'removexattrat'], ['lremovexattr', 'removexattrat'], ['fremovexattr', 'removexattrat'],
    ],
    why: 'With AT_FDCWD, or AT_EMPTY_PATH for a descriptor, the newer call does the same; newer ABIs have no other.',
    source: 'https://man7.org/linux/man-pages/man2/open.2.html',
  },
  {
    id: 'wide-ids',
    title: '32-bit user and group ids',
    chains: suffixed('32', 'chown', 'fchown', 'lchown', 'getegid', 'geteuid', 'getgid', 'getgroups', 'getresgid', 'getresuid', 'getuid',
      'setfsgid', 'setfsuid', 'setgid', 'setgroups', 'setregid', 'setresgid', 'setresuid', 'setreuid', 'setuid'),
    why: 'Older 32-bit ABIs have two numbers for each, and C libraries call the second one.',
    source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  },
  {
    id: 'large-files',
    title: '64-bit file sizes and offsets',
    chains: [
      ...suffixed('64', 'fcntl', 'fstat', 'fstatfs', 'ftruncate', 'lstat', 'sendfile', 'stat', 'statfs', 'truncate'),
      ['readdir', 'getdents', 'getdents64'], ['newfstatat', 'fstatat64'], ['lseek', '_llseek'], ['mmap', 'mmap2'],
      ['fadvise64', 'fadvise64_64'], ['fadvise64', 'arm_fadvise64_64'],
      ['sync_file_range', 'sync_file_range2'], ['sync_file_range', 'arm_sync_file_range'],
    ],
    why: '32-bit ABIs have both, or the second one alone, and C libraries call the second one.',
    source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  },
  {
    id: 'real-time-signals',
    title: 'Signal calls with real-time signals',
    chains: [
      ['signal', 'sigaction', 'rt_sigaction'], ['sigpending', 'rt_sigpending'], ['sgetmask', 'sigprocmask', 'rt_sigprocmask'],
      ['ssetmask', 'sigprocmask'], ['sigreturn', 'rt_sigreturn'], ['sigsuspend', 'rt_sigsuspend'],
    ],
    why: 'Newer ABIs have the second ones alone, and C libraries call them everywhere.',
    source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  },
  {
    id: 'extended',
    title: 'Calls with more arguments or flags',
    chains: [
      ['accept', 'accept4'], ['dup2', 'dup3'], ['pipe', 'pipe2'], ['eventfd', 'eventfd2'], ['signalfd', 'signalfd4'],
      ['epoll_create', 'epoll_create1'], ['epoll_wait', 'epoll_pwait', 'epoll_pwait2'], ['inotify_init', 'inotify_init1'],
      ['poll', 'ppoll'], ['select', '_newselect', 'pselect6'],
      ['read', 'readv', 'preadv2'], ['pread64', 'preadv', 'preadv2'], ['write', 'writev', 'pwritev2'], ['pwrite64', 'pwritev', 'pwritev2'],
      ['recv', 'recvfrom', 'recvmsg', 'recvmmsg'], ['send', 'sendto', 'sendmsg', 'sendmmsg'],
      ['waitpid', 'wait4'], ['fork', 'clone', 'clone3'], ['vfork', 'clone'],
      ['futex', 'futex_waitv'], ['futex', 'futex_wait'], ['futex', 'futex_wake'], ['futex', 'futex_requeue'],
      ['io_getevents', 'io_pgetevents'], ['semop', 'semtimedop'], ['close', 'close_range'],
      ['mlock', 'mlock2'], ['mprotect', 'pkey_mprotect'],
      ['getrlimit', 'ugetrlimit', 'prlimit64'], ['setrlimit', 'prlimit64'],
      ['sched_getscheduler', 'sched_getattr'], ['sched_getparam', 'sched_getattr'],
      ['sched_setscheduler', 'sched_setattr'], ['sched_setparam', 'sched_setattr'],
      ['time', 'gettimeofday', 'clock_gettime'], ['stime', 'settimeofday', 'clock_settime'], ['nanosleep', 'clock_nanosleep'],
      ['alarm', 'setitimer'], ['umount', 'umount2'], ['oldolduname', 'olduname', 'uname'], ['getpgrp', 'getpgid'], ['vm86old', 'vm86'],
      ['open_tree', 'open_tree_attr'],
    ],
    why: 'The older call is a case of the newer one, and C libraries move from one to the other.',
    source: 'https://man7.org/linux/man-pages/man2/syscalls.2.html',
  },
];

/**
 * Every name that can do what a name does and came after it, nearest first.
 */
export function newerSpellings(name: string): string[] {
  const found = new Set([name]);
  for (const each of found) {
    SPELLINGS.flatMap(({ chains }) => chains).forEach(chain => {
      const at = chain.indexOf(each);
      chain.slice(at < 0 ? chain.length : at + 1).forEach(newer => found.add(newer));
    });
  }
  found.delete(name);
  return [...found];
}
