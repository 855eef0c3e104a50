import { certain, PIDS_CHECK, PIDS_LIMIT } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const goThreadEagain: Symptom = {
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
};
