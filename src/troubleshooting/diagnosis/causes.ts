import { Cause, CauseId, Confidence } from './symptom';

type Unjudged = Omit<Cause, 'confidence'>;

export const certain = (cause: Unjudged): Cause => ({ ...cause, confidence: Confidence.CERTAIN });
export const likely = (cause: Unjudged): Cause => ({ ...cause, confidence: Confidence.LIKELY });
export const possible = (cause: Unjudged): Cause => ({ ...cause, confidence: Confidence.POSSIBLE });

export const SECCOMP_DENIES_THREADS: Unjudged = {
  id: CauseId.SECCOMP_DENIES_THREADS,
  cause: 'seccomp answers clone3 with EPERM, where glibc needs ENOSYS: the node\'s RuntimeDefault is that of Docker before 20.10.10 or containerd before '
    + '1.4.10, 1.5.6 or 1.6, or a profile denies it',
  remedy: 'upgrade the node\'s container runtime, or SeccompMode.localhost(profile) with clone3 allowed or answered with ENOSYS (38): MindieProfile.reference(), '
    + 'or your own after `cdk8s-seccomp lint --fix`',
};

export const PIDS_LIMIT: Unjudged = {
  id: CauseId.PIDS_LIMIT,
  cause: 'a limit answers EAGAIN: the pids limit of pod, container or node, RLIMIT_NPROC, memory; OMP_NUM_THREADS=100 in every rank reaches it',
  remedy: 'raise podPidsLimit of the kubelet, or lower OMP_NUM_THREADS and OPENBLAS_NUM_THREADS; SeccompMode.UNCONFINED will not help',
};

export const CLONE_DENIED: Unjudged = {
  cause: 'the profile denies clone itself, or the thread asks for a scheduling policy that it may not have',
  remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
};

export const FILTER_KILLED: Unjudged = {
  cause: 'the filter killed it: the profile says KILL, or its `architectures` leave out the ABI of the program, such as X86 for 32-bit programs',
  remedy: '`cdk8s-seccomp lint` says missing-compat-abi and kill-thread-default; `cdk8s-seccomp explain FILE CALL` for the call in the audit log',
};

export const OWN_FILTER: Unjudged = {
  cause: 'the program has a filter of its own (Chrome, systemd, OpenSSH), and killed itself',
  remedy: 'a new version of the program',
};

/** musl makes EAGAIN of every failure of clone. */
export const MUSL_HIDES_SECCOMP: Unjudged = {
  id: CauseId.SECCOMP_DENIES_THREADS,
  cause: 'in an image with musl (Alpine) a profile that denies clone reads EAGAIN too',
  remedy: 'allow clone in the profile, apart from the flags of namespaces: MindieProfile.hardened() does',
};

export const RUNTIME_DEFAULT_DENIES = (calls: string): Unjudged => ({
  cause: `seccomp denies ${calls}: RuntimeDefault does without the capability that goes with it, or a profile names it`,
  remedy: 'SeccompMode.localhost(profile) with a profile that allows it, for the workload that needs it alone: `profile.withAllowed([…])`',
});

/** Asks the kernel for a thread in a way that starts none. */
export const CLONE3_CHECK = `in the pod:
python3 -c 'import ctypes; ctypes.CDLL(None, use_errno=True).syscall(435, 0, 0); print(ctypes.get_errno())'
1 = seccomp answers EPERM: the cause where threads start with clone3 (glibc from 2.34, on arm64 from 2.38; never musl)
22 or 14 = clone3 reaches the kernel, 38 = glibc falls back to clone: look at the pids limit
(under musl, as in Alpine, threads start by clone, of which this says nothing: \`cdk8s-seccomp explain FILE clone\`, or the probe)
or on every node at once: new ThreadProbe(chart, 'Probe', { image }), and its logs to \`cdk8s-seccomp probe-report\``;

export const PIDS_CHECK = `in the pod:
cat /sys/fs/cgroup/pids.current /sys/fs/cgroup/pids.max; ulimit -u
(cgroup v1: /sys/fs/cgroup/pids/pids.max); on the node: dmesg | grep "fork rejected by pids controller"`;

export const FILTER_CHECK = 'in the pod: grep Seccomp: /proc/1/status — 2 = a filter is loaded, 0 = none, so that something else denies it (capabilities, '
  + 'AppArmor, SELinux)';

export const LINT_CHECK = '`cdk8s-seccomp lint FILE` on the profile says the same with line and column';
