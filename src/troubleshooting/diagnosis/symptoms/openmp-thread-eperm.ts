import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const openmpThreadEperm: Symptom = {
  id: 'openmp-thread-eperm',
  summary: 'OpenMP cannot start threads: EPERM',
  texts: ['libgomp: Thread creation failed: Operation not permitted', 'OMP: Error #34…Operation not permitted'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://gcc.gnu.org/git/?p=gcc.git;a=blob;f=libgomp/team.c',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
