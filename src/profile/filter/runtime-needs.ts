/**
 * A call that an OCI runtime makes after it has loaded the filter and before the container's program starts.
 */
export interface RuntimeNeed {
  /** Alternatives: one of these has to be executed (ALLOW or LOG), or the container does not start. */
  readonly anyOf: readonly string[];
  /** Purpose of the call, as a verb. */
  readonly why: string;
  /**
   * Errors that the runtime tolerates: `EPERM` but not ENOSYS, or every `errno`. It never tolerates a kill or a trap.
   *
   * @default - none
   */
  readonly tolerates?: 'EPERM' | 'errno';
  /**
   * True if the call is not needed with `noNewPrivileges` (`allowPrivilegeEscalation: false`): the runtime then makes it before it loads the
   * filter.
   *
   * @default false
   */
  readonly newPrivilegesOnly?: boolean;
  /**
   * True if the call is not needed for the root user.
   *
   * @default false
   */
  readonly nonRootOnly?: boolean;
  /**
   * True if only some starts make the call, and fail without it.
   *
   * @default false
   */
  readonly sometimes?: boolean;
  /**
   * First version that needs the call. It is a measured version, like `before`; versions in between were not measured.
   *
   * @default - all
   */
  readonly since?: string;
  /**
   * First version that does not need the call any more.
   *
   * @default - all
   */
  readonly before?: string;
}

/** Needs by the names of runtimes in `ContainerRuntime`. */
export type RuntimeNeeds = Readonly<Record<'runc' | 'crun', readonly RuntimeNeed[]>>;

const withNewPrivileges = { newPrivilegesOnly: true };

/**
 * Calls that runc and crun need for every program. The program itself needs exit_group or exit.
 *
 * Measured on runc 1.1.5 and 1.1.15, crun 1.8.1 and 1.21 as built by Debian, and on runc 1.2.6, 1.2.8, 1.3.7, 1.4.4 and 1.5.3 built with Go 1.26 (1.3.3
 * and 1.3.4: only statx and openat2), on x86_64, with `create` and `start` as in Kubernetes (`run` hides crun's wait for the start). Every call of x86_64
 * was denied alone, with EPERM, ENOSYS and KILL_PROCESS, and all calls except these were denied together, with and without noNewPrivileges, as root and as
 * another user. test/node/runtime-needs.test.ts repeats it. test/arm64/runtime-needs.test.ts shows that exactly these are enough on arm64, with a soft
 * limit of open files below the hard one. Other architectures were not measured: the names apply as far as an ABI has them (32-bit ABIs also have
 * setgroups32, fstatfs64 or pselect6_time64). A crun with another C library, or a runc built with another Go, may make other calls.
 */
export const RUNTIME_NEEDS: RuntimeNeeds = {
  // The filter is on the thread that becomes the program, not on the threads that Go started earlier.
  runc: [
    { anyOf: ['execve'], why: 'starts the program' },
    { anyOf: ['openat'], why: 'opens the FIFO on which it waits for the start, and /proc/self/fd' },
    { anyOf: ['write'], why: 'reports on the FIFO that it is about to start' },
    { anyOf: ['fstatfs'], why: 'makes sure that /proc/self/fd is in procfs' },
    { anyOf: ['getdents64'], why: 'lists /proc/self/fd for descriptors to close' },
    { anyOf: ['close'], why: 'closes its descriptors' },
    { anyOf: ['futex'], why: 'wakes a thread of the Go runtime when the start comes' },
    { anyOf: ['read'], why: 'reads /proc/self/status and /proc/self/setgroups', ...withNewPrivileges },
    { anyOf: ['capget'], why: 'reads its capabilities', ...withNewPrivileges },
    { anyOf: ['capset'], why: 'drops capabilities', ...withNewPrivileges },
    { anyOf: ['prctl'], why: 'drops capabilities from the bounding set, keeps others over setuid', ...withNewPrivileges },
    { anyOf: ['setgroups'], why: 'sets the supplementary groups', ...withNewPrivileges },
    { anyOf: ['setgid'], why: 'sets the group', ...withNewPrivileges },
    { anyOf: ['setuid'], why: 'sets the user', ...withNewPrivileges },
    { anyOf: ['chdir'], why: 'changes to the working directory', ...withNewPrivileges },
    { anyOf: ['getcwd'], why: 'makes sure that the working directory is inside the container', ...withNewPrivileges },
    { anyOf: ['getppid'], why: 'makes sure that its parent is alive', ...withNewPrivileges },
    { anyOf: ['newfstatat'], why: 'looks at /dev/null, and for the program', ...withNewPrivileges },
    { anyOf: ['fstat'], why: 'checks the owner of stdin, stdout and stderr', ...withNewPrivileges },
    { anyOf: ['fchown'], why: 'gives stdin, stdout and stderr to the user', tolerates: 'EPERM', nonRootOnly: true, ...withNewPrivileges },
    { anyOf: ['faccessat2', 'faccessat'], why: 'makes sure that the program can be executed', before: '1.1.15', ...withNewPrivileges },
    // 1.2.8 and 1.3.3 were released together, after 1.3.2: what came with both needs two lines.
    { anyOf: ['statx'], why: 'checks the mount of /proc/thread-self/fd', since: '1.2.8', before: '1.3.0' },
    { anyOf: ['statx'], why: 'checks the mount of /proc/thread-self/fd', since: '1.3.3' },
    { anyOf: ['fstat'], why: 'checks the owner of /proc', since: '1.2.8', before: '1.3.0' },
    { anyOf: ['fstat'], why: 'checks the owner of /proc', since: '1.3.3' },
    // github.com/cyphar/filepath-securejoin 0.5.1 keeps to openat2 once a call has worked; 0.5.2 falls back to openat.
    { anyOf: ['openat2'], why: 'opens /proc/thread-self/fd', since: '1.2.8', before: '1.3.0' },
    { anyOf: ['openat2'], why: 'opens /proc/thread-self/fd', since: '1.3.3', before: '1.3.4' },
    { anyOf: ['openat2', 'readlinkat'], why: 'checks that nothing is mounted over /proc/thread-self/fd', since: '1.3.4' },
    { anyOf: ['openat2', 'fcntl'], why: 'checks that nothing is mounted over /proc/thread-self/fd', since: '1.3.4' },
    { anyOf: ['rt_sigreturn'], why: 'returns from the signal by which the Go runtime interrupts a thread', sometimes: true },

    { anyOf: ['faccessat2'], why: 'makes sure that the program can be executed', tolerates: 'errno', ...withNewPrivileges },
    { anyOf: ['epoll_ctl'], why: 'tries to poll the files it opens', tolerates: 'errno', before: '1.2.8' },
    { anyOf: ['epoll_ctl'], why: 'tries to poll the files it opens', tolerates: 'errno', since: '1.3.0', before: '1.4.4', sometimes: true },
    { anyOf: ['getpid'], why: 'tells hooks its process id', tolerates: 'errno', before: '1.3.0' },
    { anyOf: ['getpid'], why: 'tells hooks its process id', tolerates: 'errno', since: '1.3.0', ...withNewPrivileges },
    { anyOf: ['openat2'], why: 'opens /proc/thread-self/fd', tolerates: 'errno', since: '1.3.4' },
    { anyOf: ['close_range'], why: 'marks descriptors to be closed', tolerates: 'errno', since: '1.2.6', ...withNewPrivileges },
    { anyOf: ['tgkill'], why: 'interrupts a thread of the Go runtime', tolerates: 'errno', since: '1.2.6', sometimes: true, ...withNewPrivileges },
    { anyOf: ['fcntl'], why: 'marks descriptors to be closed', tolerates: 'errno', before: '1.1.15', ...withNewPrivileges },
    { anyOf: ['fcntl'], why: 'marks descriptors to be closed', tolerates: 'errno', since: '1.1.15' },
    {
      // Go raises it from 1.24 on, and puts it back right before execve.
      anyOf: ['prlimit64'],
      why: 'restores the soft limit of open files, which Go raises if it is below the hard one',
      tolerates: 'errno',
      sometimes: true,
      since: '1.1.15',
    },
    { anyOf: ['sched_yield'], why: 'waits for a lock of the Go runtime', tolerates: 'errno', sometimes: true },
  ],
  crun: [
    { anyOf: ['execve'], why: 'starts the program' },
    { anyOf: ['pselect6'], why: 'waits for the start', ...withNewPrivileges },
    { anyOf: ['read'], why: 'reads from the FIFO that it is to start', ...withNewPrivileges },
    { anyOf: ['write'], why: 'reports that it is about to start', ...withNewPrivileges },
    { anyOf: ['capset'], why: 'drops capabilities', ...withNewPrivileges },
    { anyOf: ['prctl'], why: 'drops capabilities from the bounding set, keeps others over setresuid', ...withNewPrivileges },
    { anyOf: ['setresgid'], why: 'sets the group', ...withNewPrivileges },
    { anyOf: ['setresuid'], why: 'sets the user', ...withNewPrivileges },
    { anyOf: ['rt_sigaction'], why: 'resets the handlers of signals', ...withNewPrivileges },
    { anyOf: ['rt_sigprocmask'], why: 'unblocks signals', ...withNewPrivileges },

    { anyOf: ['close'], why: 'closes its descriptors', tolerates: 'errno' },
    { anyOf: ['close_range'], why: 'marks descriptors to be closed', tolerates: 'errno', since: '1.21' },
  ],
};
