import { CLONE3_CHECK, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const posixSpawnNotPermitted: Symptom = {
  id: 'posix-spawn-not-permitted',
  summary: 'posix_spawn fails with EPERM',
  texts: [
    { text: 'PermissionError: [Errno 1] Operation not permitted', after: 'posix_spawn(' },
    'posix_spawn: Operation not permitted',
    'posix_spawn failed: Operation not permitted',
    'posix_spawn()…Operation not permitted',
  ],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible({
      cause: 'the file lies on a mount that the process may not execute from, or an LSM denies it',
      remedy: 'compare with the same call on a node that works',
    }),
  ],
  check: CLONE3_CHECK,
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/spawni.c',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
