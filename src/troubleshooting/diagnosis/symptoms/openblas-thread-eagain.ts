import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const openblasThreadEagain: Symptom = {
  id: 'openblas-thread-eagain',
  summary: 'OpenBLAS cannot start threads: EAGAIN',
  texts: ['blas_thread_init…Resource temporarily unavailable'],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/OpenMathLib/OpenBLAS/issues/1668',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
