import { CauseId, Symptom } from '../symptom';
import { CLONE3_CHECK, likely, possible, SECCOMP_DENIES_THREADS } from '../symptom-causes';

export const openmpThreadEperm: Symptom = {
  id: 'openmp-thread-eperm',
  summary: 'OpenMP cannot start threads: EPERM',
  texts: ['libgomp: Thread creation failed: Operation not permitted', 'OMP: Error #34…Operation not permitted'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible({
      cause: 'the profile denies clone itself, or the thread asks for a scheduling policy that it may not have',
      remedy: 'allow clone in the profile but for the flags of namespaces: MindieProfile.hardened() does',
    }),
  ],
  check: CLONE3_CHECK,
  source: 'https://gcc.gnu.org/git/?p=gcc.git;a=blob;f=libgomp/team.c',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
