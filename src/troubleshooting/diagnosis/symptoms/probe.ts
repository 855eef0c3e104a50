import { certain, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

const SOURCE = 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py';

/** Results of `ThreadProbe`. */
export const PROBE: readonly Symptom[] = [
  {
    id: 'probe-clone-denied',
    summary: 'the probe measured: seccomp denies clone, threads do not start',
    texts: ['"probe":"thread-probe/…"verdict":"clone-denied"'],
    causes: [
      certain({
        id: CauseId.SECCOMP_DENIES_THREADS,
        cause: 'the profile denies clone itself',
        remedy: 'allow clone in the profile, except with namespace flags, as MindieProfile.hardened() does',
      }),
    ],
    check: 'run the same probe after the change',
    source: SOURCE,
    proves: CauseId.SECCOMP_DENIES_THREADS,
    calls: ['clone'],
    isMeasured: true,
  },
  {
    id: 'probe-clone3-denied',
    summary: 'the probe measured: seccomp denies clone3, threads do not start',
    texts: ['"probe":"thread-probe/…"verdict":"clone3-denied"'],
    causes: [
      certain(SECCOMP_DENIES_THREADS),
    ],
    check: 'run the same probe after the change',
    source: SOURCE,
    proves: CauseId.SECCOMP_DENIES_THREADS,
    calls: ['clone3', 'clone'],
    isMeasured: true,
  },
  {
    id: 'probe-killed',
    summary: 'the probe was killed when it started a thread',
    texts: ['"probe":"thread-probe/…"verdict":"killed"'],
    causes: [
      certain({
        id: CauseId.SECCOMP_DENIES_THREADS,
        cause: 'the filter answers clone3 or clone with a kill, or with errno 0, so that the call seems to succeed',
        remedy: 'answer clone3 with ENOSYS (38) and allow clone: `cdk8s-seccomp lint` finds threads-cannot-start',
      }),
    ],
    check: 'run the same probe after the change',
    source: SOURCE,
    proves: CauseId.SECCOMP_DENIES_THREADS,
    calls: ['clone3', 'clone'],
    isMeasured: true,
  },
  {
    id: 'probe-limit-reached',
    summary: 'the probe measured: a limit is reached, threads do not start',
    texts: [
      '"probe":"thread-probe/…"verdict":"pids-limit"',
      '"probe":"thread-probe/…"verdict":"process-limit"',
      '"probe":"thread-probe/…"verdict":"unseen-limit"',
    ],
    causes: [
      certain(PIDS_LIMIT),
    ],
    check: 'run the same probe after the change',
    source: SOURCE,
    proves: CauseId.PIDS_LIMIT,
    calls: ['clone3', 'clone'],
    isMeasured: true,
  },
  {
    id: 'probe-threads-start',
    summary: 'the probe measured: threads start',
    texts: [
      '"probe":"thread-probe/…"verdict":"works"',
      '"probe":"thread-probe/…"verdict":"falls-back"',
      '"probe":"thread-probe/…"verdict":"clone3-unused"',
      '"probe":"thread-probe/…"verdict":"unfiltered"',
    ],
    causes: [
      certain({
        cause: 'seccomp lets threads start in this container; a thread that failed elsewhere or earlier reached a limit, or had another mode',
        remedy: 'compare the node and mode with those of the program that failed, and look at its pids limit under load',
      }),
    ],
    check: 'cat /sys/fs/cgroup/pids.current /sys/fs/cgroup/pids.max in the pod that fails',
    source: SOURCE,
    proves: CauseId.PIDS_LIMIT,
    isMeasured: true,
  },
  {
    id: 'probe-undecided',
    summary: 'the probe could not tell why threads do not start',
    texts: ['"probe":"thread-probe/…"verdict":"undecided"', '"probe":"thread-probe/…"verdict":"not-seccomp"'],
    causes: [
      possible({
        cause: 'no filter is loaded, or the image has no program that can call the kernel',
        remedy: 'use an image with Python for the probe, and look at the memory and AppArmor of the node',
      }),
    ],
    check: 'run the same probe after the change',
    source: SOURCE,
    isMeasured: true,
  },
];
