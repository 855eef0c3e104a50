import { CLONE3_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { Symptom } from '../symptom';

export const nodeThreadCreateFailed: Symptom = {
  id: 'node-thread-create-failed',
  summary: 'Node.js aborts when it starts its first threads',
  texts: ['(0) == (uv_thread_create('],
  causes: [
    possible(SECCOMP_DENIES_THREADS),
    possible(PIDS_LIMIT),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/nodejs/docker-node/issues/2008',
  calls: ['clone3', 'clone'],
};
