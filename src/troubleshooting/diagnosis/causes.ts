import { Cause, CauseId, Confidence } from './symptom';

type Unjudged = Omit<Cause, 'confidence'>;

export const certain = (cause: Unjudged): Cause => ({ ...cause, confidence: Confidence.CERTAIN });
export const likely = (cause: Unjudged): Cause => ({ ...cause, confidence: Confidence.LIKELY });
export const possible = (cause: Unjudged): Cause => ({ ...cause, confidence: Confidence.POSSIBLE });

export const SECCOMP_DENIES_THREADS: Unjudged = {
  id: CauseId.SECCOMP_DENIES_THREADS,
  cause: 'seccomp answers clone3 with EPERM, but glibc needs ENOSYS: RuntimeDefault comes from Docker before 20.10.10 or containerd before 1.4.10, 1.5.6 or '
    + '1.6, or a profile denies clone3',
  remedy: 'upgrade the node\'s container engine, or use SeccompMode.localhost(profile) with clone3 allowed or answered with ENOSYS (38): '
    + 'MindieProfile.reference(), or your own after `cdk8s-seccomp lint --fix`',
};

export const PIDS_LIMIT: Unjudged = {
  id: CauseId.PIDS_LIMIT,
  cause: 'a limit is reached (EAGAIN): the pids limit of the pod, container or node, RLIMIT_NPROC, or memory; OMP_NUM_THREADS=100 in every rank can reach it',
  remedy: 'raise podPidsLimit of the kubelet, or lower OMP_NUM_THREADS and OPENBLAS_NUM_THREADS; SeccompMode.UNCONFINED does not help',
};

export const CLONE_DENIED: Unjudged = {
  cause: 'the profile denies clone itself, or the thread asks for a scheduling policy that it may not have',
  remedy: 'allow clone in the profile, except with namespace flags, as MindieProfile.hardened() does',
};

export const FILTER_KILLED: Unjudged = {
  cause: 'the filter killed the program: the profile answers KILL, or its `architectures` lack the ABI of the program, such as X86 for 32-bit programs',
  remedy: 'run `cdk8s-seccomp lint`, which finds missing-compat-abi and kill-thread-default, and `cdk8s-seccomp explain FILE CALL` for the call in the audit log',
};

export const OWN_FILTER: Unjudged = {
  cause: 'the program was killed by a filter that it loads itself (Chrome, systemd, OpenSSH)',
  remedy: 'upgrade the program',
};

/** Cause for musl, which turns every failure of clone into EAGAIN. */
export const MUSL_HIDES_SECCOMP: Unjudged = {
  id: CauseId.SECCOMP_DENIES_THREADS,
  cause: 'the image has musl (Alpine), which reports EAGAIN too when a profile denies clone',
  remedy: 'allow clone in the profile, except with namespace flags, as MindieProfile.hardened() does',
};

export const RUNTIME_DEFAULT_DENIES = (calls: string): Unjudged => ({
  cause: `seccomp denies ${calls}: RuntimeDefault does so without the matching capability, or a profile has a rule against it`,
  remedy: 'use SeccompMode.localhost(profile), with a profile that allows it (`profile.withAllowed([…])`), only for the workload that needs it',
});

/** Check that calls clone3 without arguments, which starts no thread. */
export const CLONE3_CHECK = `in the pod:
python3 -c 'import ctypes; ctypes.CDLL(None, use_errno=True).syscall(435, 0, 0); print(ctypes.get_errno())'
1 = seccomp answers EPERM: the cause if threads start with clone3 (glibc ≥ 2.34, on arm64 ≥ 2.38; never musl)
22 or 14 = clone3 reaches the kernel, 38 = glibc falls back to clone: look at the pids limit
(musl, as in Alpine, uses clone, which this does not test: \`cdk8s-seccomp explain FILE clone\`, or the probe)
or test every node: new ThreadProbe(chart, 'Probe', { image }), and pass its logs to \`cdk8s-seccomp probe-report\``;

export const PIDS_CHECK = `in the pod:
cat /sys/fs/cgroup/pids.current /sys/fs/cgroup/pids.max; ulimit -u
(cgroup v1: /sys/fs/cgroup/pids/pids.max); on the node: dmesg | grep "fork rejected by pids controller"`;

export const FILTER_CHECK = 'in the pod: grep Seccomp: /proc/1/status — 2 = a filter is loaded, 0 = no filter: something else denies the call (capabilities, '
  + 'AppArmor, SELinux)';

export const LINT_CHECK = '`cdk8s-seccomp lint FILE` on the profile reports the same, with line and column';
