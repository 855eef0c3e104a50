import { CLONE3_CHECK, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { Symptom } from '../symptom';

export const systemReturns32512: Symptom = {
  id: 'system-returns-32512',
  summary: 'system() ends with 127, which the shell never said',
  texts: ['returned 32512', 'status 32512', 'exit code 32512', 'return code 32512', 'returncode 32512', 'ret=32512'],
  causes: [
    likely({
      cause: 'the shell ran, and did not find the command (127)',
      remedy: 'look for the command in the image',
    }),
    possible(SECCOMP_DENIES_THREADS),
  ],
  check: `first sh -c COMMAND in the same container: a shell says what it does not find; then, ${CLONE3_CHECK}`,
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/posix/system.c',
  calls: ['clone3', 'clone'],
};
