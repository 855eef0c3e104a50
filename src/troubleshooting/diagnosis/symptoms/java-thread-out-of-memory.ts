import { CLONE3_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { Symptom } from '../symptom';

export const javaThreadOutOfMemory: Symptom = {
  id: 'java-thread-out-of-memory',
  summary: 'the JVM blames memory for a thread that it could not start',
  texts: [
    'unable to create native thread',
    'unable to create new native thread',
    'Cannot create worker GC thread. Out of system resources',
    'Failed to create worker thread…gc',
    '[gc,task…Failed to create worker thread',
    'insufficient memory for the Java Runtime Environment to continue…thread',
  ],
  causes: [
    possible(SECCOMP_DENIES_THREADS),
    possible(PIDS_LIMIT),
  ],
  check: `the line of the JVM above it, with pthread_create failed (EPERM) or (EAGAIN), decides; without it, ${CLONE3_CHECK}`,
  source: 'https://github.com/glowroot/glowroot/issues/1021',
  calls: ['clone3', 'clone'],
};
