import { certain, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const probeClone3Denied: Symptom = {
  id: 'probe-clone3-denied',
  summary: 'the probe measured: seccomp denies clone3, threads do not start',
  texts: ['"probe":"thread-probe/…"verdict":"clone3-denied"'],
  causes: [
    certain(SECCOMP_DENIES_THREADS),
  ],
  check: 'the same probe after the change',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
  isMeasured: true,
};
