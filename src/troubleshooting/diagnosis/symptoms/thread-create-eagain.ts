import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const threadCreateEagain: Symptom = {
  id: 'thread-create-eagain',
  summary: 'a program cannot start a thread: EAGAIN',
  texts: [
    'pthread_create…Resource temporarily unavailable',
    'Thread creation error (Resource temporarily unavailable)',
    'Failed to create…thread: Resource temporarily unavailable',
    'cannot create thread…Resource temporarily unavailable',
    'error \'Resource temporarily unavailable\' during \'pthread_create\'',
    'Error creating thread: Resource temporarily unavailable',
    'background thread creation failed (11)',
    'initialize Background Jobs. Error message: Resource temporarily unavailable',
    'create a new thread (errno 11)',
  ],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/kubernetes/kubernetes/issues/131235',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
