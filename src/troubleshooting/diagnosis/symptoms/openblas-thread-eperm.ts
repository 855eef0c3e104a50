import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const openblasThreadEperm: Symptom = {
  id: 'openblas-thread-eperm',
  summary: 'OpenBLAS cannot start threads: EPERM',
  texts: ['blas_thread_init…Operation not permitted'],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/infiniflow/ragflow/issues/654',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
