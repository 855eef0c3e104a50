import { certain, PIDS_CHECK, PIDS_LIMIT } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const pidsLimitReached: Symptom = {
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
};
