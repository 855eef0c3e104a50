import { certain, FILTER_CHECK, likely, LINT_CHECK, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

/** Symptoms of calls that are denied to a program. */
export const CALLS: readonly Symptom[] = [
  {
    id: 'aslr-not-disabled',
    summary: 'a debugger cannot turn off address space randomization',
    texts: ['Error disabling address space randomization: Operation not permitted', 'personality…Operation not permitted'],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('personality')),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/pwndbg/pwndbg/pull/1116',
    calls: ['personality'],
  },
  {
    id: 'bpf-not-permitted',
    summary: 'a BPF program cannot be loaded',
    texts: ['bpf…Operation not permitted'],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('bpf')),
      possible({
        cause: 'the kernel itself requires CAP_BPF or CAP_SYS_ADMIN, under any profile',
        remedy: 'give the container CAP_BPF or CAP_SYS_ADMIN, or do not load the program there',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/moby/moby/pull/43988',
    calls: ['bpf'],
  },
  {
    id: 'clock-not-permitted',
    summary: 'the clock cannot be set',
    texts: [
      'cannot set date: Operation not permitted',
      'clock_settime…Operation not permitted',
      'adjtimex…Operation not permitted',
      'settimeofday…Operation not permitted',
    ],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('setting the clock')),
      possible({
        cause: 'the kernel itself requires CAP_SYS_TIME, under any profile',
        remedy: 'give the container CAP_SYS_TIME, or set the clock on the node',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://man7.org/linux/man-pages/man2/clock_settime.2.html',
    calls: ['clock_settime', 'settimeofday', 'adjtimex', 'clock_adjtime'],
  },
  {
    id: 'io-uring-not-permitted',
    summary: 'io_uring cannot be set up',
    texts: [
      'io_uring…Operation not permitted',
      'io_uring…EPERM',
      'io-uring…Operation not permitted',
      { text: 'OS level error: Operation not permitted', after: 'io-uring' },
    ],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('io_uring (Docker 25 and containerd 2.0 do by default)')),
      possible({
        cause: 'kernel.io_uring_disabled is set on the node',
        remedy: 'change the node with sysctl kernel.io_uring_disabled',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/axboe/liburing/issues/1078',
    calls: ['io_uring_setup', 'io_uring_enter', 'io_uring_register'],
  },
  {
    id: 'mount-not-permitted',
    summary: 'a file system cannot be mounted',
    texts: ['mount…Operation not permitted', 'mount:…permission denied', 'mount…: operation not permitted'],
    unless: ['mount namespace', 'unmounted volumes', 'mounted volumes', 'mountvolume', 'exec format'],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('mount')),
      likely({
        cause: 'the container has no CAP_SYS_ADMIN, which mounting needs',
        remedy: 'mount the file system as a volume of the pod',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://man7.org/linux/man-pages/man2/mount.2.html',
    calls: ['mount', 'umount2', 'move_mount', 'fsopen'],
  },
  {
    id: 'namespace-not-permitted',
    summary: 'a namespace cannot be made or entered',
    texts: [
      'unshare…Operation not permitted',
      'Failed to move to new namespace…Operation not permitted',
      'setns…Operation not permitted',
      'nsenter…Operation not permitted',
      'No permissions to create new namespace',
      'Creating new namespace failed: Operation not permitted',
      'CLONE_NEWUSER…Operation not permitted',
      'cannot clone: Operation not permitted',
    ],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('unshare, setns and clone with namespace flags')),
      possible({
        cause: 'the node does not allow namespaces to unprivileged users (user.max_user_namespaces, AppArmor), or CAP_SYS_ADMIN is missing',
        remedy: 'change the node with sysctl user.max_user_namespaces, or do not run sandboxes and builds in this pod',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/podman-container-tools/buildah/issues/1901',
    calls: ['unshare', 'setns', 'clone'],
  },
  {
    id: 'numa-not-permitted',
    summary: 'memory cannot be bound to NUMA nodes',
    texts: [
      'mempolicy…Operation not permitted',
      'mbind…Operation not permitted',
      'migrate_pages…Operation not permitted',
      'move_pages…Operation not permitted',
      'numa_migrate_pages failed. errno: 1',
      'membind…errno 1 Operation not permitted',
      'setting interleave mask: Operation not permitted',
      'setting membind: Operation not permitted',
    ],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('get_mempolicy, set_mempolicy, mbind, migrate_pages and move_pages')),
      possible({
        cause: 'the kernel itself requires CAP_SYS_NICE, under any profile',
        remedy: 'give the container CAP_SYS_NICE, or do not bind memory',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/moby/moby/issues/37241',
    calls: ['get_mempolicy', 'set_mempolicy', 'mbind', 'migrate_pages', 'move_pages'],
  },
  {
    id: 'perf-not-permitted',
    summary: 'perf events cannot be opened',
    texts: ['perf_event_open…Operation not permitted', 'perf_event_open…EPERM', 'No access to perf events'],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('perf_event_open (which needs CAP_PERFMON)')),
      possible({
        cause: 'kernel.perf_event_paranoid of the node denies it',
        remedy: 'change the node with sysctl kernel.perf_event_paranoid',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/async-profiler/async-profiler/issues/730',
    calls: ['perf_event_open'],
  },
  {
    id: 'ptrace-not-permitted',
    summary: 'a debugger or tracer may not attach',
    texts: [
      'ptrace…Operation not permitted',
      'ptrace_scope…not permitted',
      'strace: test_ptrace…Operation not permitted',
      'Could not attach to process…Operation not permitted',
    ],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES("ptrace (MindIE's reference profile does)")),
      possible({
        cause: 'the kernel requires CAP_SYS_PTRACE or a lower kernel.yama.ptrace_scope',
        remedy: 'use MindieProfile.debugging() and CAP_SYS_PTRACE while you debug',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://github.com/sxs-collaboration/spectre/issues/2349',
    calls: ['ptrace', 'process_vm_readv'],
  },
  {
    id: 'thread-pointer-not-permitted',
    summary: 'a program ends before main(): it may not set its thread pointer',
    texts: ['cannot set %fs base address for thread-local storage'],
    causes: [
      certain({
        cause: 'an allowlist lacks arch_prctl, which every program on x86_64 calls',
        remedy: 'allow arch_prctl, also in SeccompProfile.allowlist({ allowed }); `cdk8s-seccomp lint` finds it as container-cannot-start',
      }),
    ],
    check: LINT_CHECK,
    source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/x86_64/nptl/tls.h',
    calls: ['arch_prctl'],
  },
  {
    id: 'userfaultfd-not-permitted',
    summary: 'userfaultfd cannot be used',
    texts: ['userfaultfd…Operation not permitted'],
    causes: [
      likely(RUNTIME_DEFAULT_DENIES('userfaultfd')),
      possible({
        cause: 'vm.unprivileged_userfaultfd is 0 on the node',
        remedy: 'change the node with sysctl vm.unprivileged_userfaultfd',
      }),
    ],
    check: FILTER_CHECK,
    source: 'https://man7.org/linux/man-pages/man2/userfaultfd.2.html',
    calls: ['userfaultfd'],
  },
];
