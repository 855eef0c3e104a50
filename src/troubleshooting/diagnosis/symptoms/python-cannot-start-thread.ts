import { CLONE3_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { Symptom } from '../symptom';

export const pythonCannotStartThread: Symptom = {
  id: 'python-cannot-start-thread',
  summary: 'Python cannot start a thread, and does not say why',
  texts: ["can't start new thread"],
  causes: [
    possible(SECCOMP_DENIES_THREADS),
    possible(PIDS_LIMIT),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/python/cpython/issues/106038',
  calls: ['clone3', 'clone'],
};
