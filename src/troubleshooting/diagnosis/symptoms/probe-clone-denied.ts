import { certain } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const probeCloneDenied: Symptom = {
  id: 'probe-clone-denied',
  summary: 'the probe measured: seccomp denies clone, threads do not start',
  texts: ['"probe":"thread-probe/…"verdict":"clone-denied"'],
  causes: [
    certain({
      id: CauseId.SECCOMP_DENIES_THREADS,
      cause: 'the profile denies clone itself',
      remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
    }),
  ],
  check: 'the same probe after the change',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone'],
  isMeasured: true,
};
