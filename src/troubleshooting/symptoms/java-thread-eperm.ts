import { CauseId, Symptom } from '../symptom';
import { CLONE3_CHECK, likely, possible, SECCOMP_DENIES_THREADS } from '../symptom-causes';

export const javaThreadEperm: Symptom = {
  id: 'java-thread-eperm',
  summary: 'the JVM cannot start a thread: EPERM',
  texts: ['pthread_create failed (EPERM)'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible({
      cause: 'the profile denies clone itself, or the thread asks for a scheduling policy that it may not have',
      remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
    }),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/adoptium/temurin-build/issues/2976',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
