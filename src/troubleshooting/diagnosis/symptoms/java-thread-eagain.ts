import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const javaThreadEagain: Symptom = {
  id: 'java-thread-eagain',
  summary: 'the JVM cannot start a thread: EAGAIN',
  texts: ['pthread_create failed (EAGAIN)'],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/kruize/autotune/issues/1551',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
