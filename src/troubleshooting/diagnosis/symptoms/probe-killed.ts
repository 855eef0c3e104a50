import { certain } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const probeKilled: Symptom = {
  id: 'probe-killed',
  summary: 'the probe was killed when it started a thread',
  texts: ['"probe":"thread-probe/…"verdict":"killed"'],
  causes: [
    certain({
      id: CauseId.SECCOMP_DENIES_THREADS,
      cause: 'the filter kills for clone3 or clone, or makes them succeed undone (errno 0)',
      remedy: 'answer clone3 with ENOSYS (38) and allow clone: `cdk8s-seccomp lint` says threads-cannot-start',
    }),
  ],
  check: 'the same probe after the change',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
  isMeasured: true,
};
