import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const javaThreadEperm: Symptom = {
  id: 'java-thread-eperm',
  summary: 'the JVM cannot start a thread: EPERM',
  texts: ['pthread_create failed (EPERM)'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/adoptium/temurin-build/issues/2976',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
