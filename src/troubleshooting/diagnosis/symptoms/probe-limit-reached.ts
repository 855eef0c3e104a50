import { certain, PIDS_LIMIT } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const probeLimitReached: Symptom = {
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
  check: 'the same probe after the change',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/thread-probe.py',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
  isMeasured: true,
};
