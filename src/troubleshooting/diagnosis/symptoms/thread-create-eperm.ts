import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const threadCreateEperm: Symptom = {
  id: 'thread-create-eperm',
  summary: 'a program cannot start a thread: EPERM',
  texts: [
    'pthread_create…Operation not permitted',
    'Thread creation error (Operation not permitted)',
    'Failed to create…thread: Operation not permitted',
    'failed to start thread…Operation not permitted',
    'cannot create thread…Operation not permitted',
    'error \'Operation not permitted\' during \'pthread_create\'',
    'Error creating thread: Operation not permitted',
    'background thread creation failed (1)',
    'initialize Background Jobs. Error message: Operation not permitted',
    'create a new thread (errno 1)',
  ],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/linweiyuan/go-chatgpt-api/issues/31',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
