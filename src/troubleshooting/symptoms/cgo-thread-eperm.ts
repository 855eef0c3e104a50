import { CauseId, Symptom } from '../symptom';
import { CLONE3_CHECK, likely, possible, SECCOMP_DENIES_THREADS } from '../symptom-causes';

export const cgoThreadEperm: Symptom = {
  id: 'cgo-thread-eperm',
  summary: 'a Go program with cgo cannot start a thread: EPERM',
  texts: ['runtime/cgo: pthread_create failed: Operation not permitted'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible({
      cause: 'the profile denies clone itself, or the thread asks for a scheduling policy that it may not have',
      remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
    }),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/docker-library/golang/issues/467',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
