import { certain, CLONE3_CHECK, FILTER_CHECK, likely, PIDS_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

/** Symptoms of threads and processes that do not start, where the text does not say why, or another cause is as likely. */
export const THREADS: readonly Symptom[] = [
  {
    id: 'apt-invalid-signature',
    summary: 'apt finds an invalid signature where there is none',
    texts: ['At least one invalid signature was encountered'],
    causes: [
      possible({
        cause: 'seccomp answers a new call with EPERM, because libseccomp on the node does not know the call: before 2.4.2 calls with 64-bit time on '
          + '32-bit ARM, elsewhere clone3',
        remedy: 'upgrade libseccomp and the container engine of the node',
      }),
      possible({
        cause: 'the disk is full, or the mirror is out of date',
        remedy: 'free disk space (df -h in the container), or use another mirror',
      }),
    ],
    check: 'date in the container: 1970 means that libseccomp is too old; otherwise df -h',
    source: 'https://github.com/debuerreotype/docker-debian-artifacts/issues/101',
    calls: ['clock_gettime64', 'clone3'],
  },
  {
    id: 'curl-resolver-thread-failed',
    summary: 'curl cannot start the thread that resolves names',
    texts: ['getaddrinfo() thread failed to start'],
    causes: [
      possible(SECCOMP_DENIES_THREADS),
      possible(PIDS_LIMIT),
    ],
    check: CLONE3_CHECK,
    source: 'https://github.com/moby/moby/issues/42680',
    calls: ['clone3', 'clone'],
  },
  {
    id: 'fork-eagain',
    summary: 'a process cannot be started: EAGAIN',
    texts: [
      'fork: retry: Resource temporarily unavailable',
      'fork: Resource temporarily unavailable',
      'fork: retry: No child processes',
      'could not fork…Resource temporarily unavailable',
      'Cannot fork()…Resource temporarily unavailable',
      'fork() failed…Resource temporarily unavailable',
      { text: 'BlockingIOError: [Errno 11] Resource temporarily unavailable', after: 'fork_exec(' },
      { text: 'BlockingIOError: [Errno 11] Resource temporarily unavailable', after: 'os.fork(' },
      "can't fork: Resource temporarily unavailable",
      'fork/exec…resource temporarily unavailable',
      'OCI runtime exec failed…resource temporarily unavailable…fork',
    ],
    causes: [
      certain(PIDS_LIMIT),
    ],
    check: PIDS_CHECK,
    source: 'https://github.com/podman-container-tools/podman/issues/17647',
    proves: CauseId.PIDS_LIMIT,
    calls: ['clone3', 'clone'],
  },
  {
    id: 'go-thread-eagain',
    summary: 'the Go runtime cannot start a thread: EAGAIN',
    texts: ['failed to create new OS thread…errno=11)'],
    causes: [
      certain(PIDS_LIMIT),
    ],
    check: PIDS_CHECK,
    source: 'https://github.com/grafana/loki/issues/227',
    proves: CauseId.PIDS_LIMIT,
    calls: ['clone3', 'clone'],
  },
  {
    id: 'go-thread-eperm',
    summary: 'the Go runtime cannot start a thread: EPERM',
    texts: ['failed to create new OS thread…errno=1)'],
    causes: [
      certain({
        cause: 'the profile denies clone, which Go calls directly, without clone3',
        remedy: 'allow clone in the profile, except with namespace flags, as MindieProfile.hardened() does',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/opencontainers/runtime-tools/issues/699',
    calls: ['clone'],
  },
  {
    id: 'java-thread-out-of-memory',
    summary: 'the JVM blames memory for a thread that it could not start',
    texts: [
      'unable to create native thread',
      'unable to create new native thread',
      'Cannot create worker GC thread. Out of system resources',
      'Failed to create worker thread…gc',
      '[gc,task…Failed to create worker thread',
      'insufficient memory for the Java Runtime Environment to continue…thread',
    ],
    causes: [
      possible(SECCOMP_DENIES_THREADS),
      possible(PIDS_LIMIT),
    ],
    check: `an earlier line of the JVM, pthread_create failed (EPERM) or (EAGAIN), decides; if it is missing, ${CLONE3_CHECK}`,
    source: 'https://github.com/glowroot/glowroot/issues/1021',
    calls: ['clone3', 'clone'],
  },
  {
    id: 'node-thread-create-failed',
    summary: 'Node.js aborts when it starts its first threads',
    texts: ['(0) == (uv_thread_create('],
    causes: [
      possible(SECCOMP_DENIES_THREADS),
      possible(PIDS_LIMIT),
    ],
    check: CLONE3_CHECK,
    source: 'https://github.com/nodejs/docker-node/issues/2008',
    calls: ['clone3', 'clone'],
  },
  {
    id: 'pids-limit-reached',
    summary: 'the kernel says that a pids limit is reached',
    texts: ['fork rejected by pids controller in'],
    causes: [
      certain(PIDS_LIMIT),
    ],
    check: PIDS_CHECK,
    source: 'https://github.com/systemd/systemd/issues/23638',
    proves: CauseId.PIDS_LIMIT,
    subject: { begin: 'controller in ', end: '\n' },
  },
  {
    id: 'posix-spawn-not-permitted',
    summary: 'posix_spawn fails with EPERM',
    texts: [
      { text: 'PermissionError: [Errno 1] Operation not permitted', after: 'posix_spawn(' },
      'posix_spawn: Operation not permitted',
      'posix_spawn failed: Operation not permitted',
      'posix_spawn()…Operation not permitted',
    ],
    causes: [
      likely(SECCOMP_DENIES_THREADS),
      possible({
        cause: 'the process may not execute files from this mount, or an LSM denies it',
        remedy: 'compare with a node where the same call works',
      }),
    ],
    check: CLONE3_CHECK,
    source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/spawni.c',
    proves: CauseId.SECCOMP_DENIES_THREADS,
    calls: ['clone3', 'clone'],
  },
  {
    id: 'python-cannot-start-thread',
    summary: 'Python cannot start a thread, and does not say why',
    texts: ["can't start new thread"],
    causes: [
      possible(SECCOMP_DENIES_THREADS),
      possible(PIDS_LIMIT),
    ],
    check: CLONE3_CHECK,
    source: 'https://github.com/python/cpython/issues/106038',
    calls: ['clone3', 'clone'],
  },
  {
    id: 'redis-background-jobs',
    summary: 'a Redis server before 7.2 cannot start a thread, and does not say why',
    texts: ["Can't initialize Background Jobs"],
    causes: [
      possible(SECCOMP_DENIES_THREADS),
      possible(PIDS_LIMIT),
    ],
    check: CLONE3_CHECK,
    source: 'https://github.com/redis/redis/issues/12362',
    calls: ['clone3', 'clone'],
  },
  {
    id: 'system-returns-32512',
    summary: 'system() returns 127, and the shell prints no error',
    texts: ['returned 32512', 'status 32512', 'exit code 32512', 'return code 32512', 'returncode 32512', 'ret=32512'],
    causes: [
      likely({
        cause: 'the shell ran, and did not find the command (127)',
        remedy: 'check that the image has the command',
      }),
      possible(SECCOMP_DENIES_THREADS),
    ],
    check: `first run sh -c COMMAND in the same container: a shell names a command that it does not find; then, ${CLONE3_CHECK}`,
    source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/posix/system.c',
    calls: ['clone3', 'clone'],
  },
];
