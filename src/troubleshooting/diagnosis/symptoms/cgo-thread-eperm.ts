import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const cgoThreadEperm: Symptom = {
  id: 'cgo-thread-eperm',
  summary: 'a Go program with cgo cannot start a thread: EPERM',
  texts: ['runtime/cgo: pthread_create failed: Operation not permitted'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/docker-library/golang/issues/467',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
