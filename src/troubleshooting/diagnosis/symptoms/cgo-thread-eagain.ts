import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const cgoThreadEagain: Symptom = {
  id: 'cgo-thread-eagain',
  summary: 'a Go program with cgo cannot start a thread: EAGAIN',
  texts: ['runtime/cgo: pthread_create failed: Resource temporarily unavailable'],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/moby/moby/issues/20096',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
