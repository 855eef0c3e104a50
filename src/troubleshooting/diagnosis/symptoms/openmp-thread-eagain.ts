import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const openmpThreadEagain: Symptom = {
  id: 'openmp-thread-eagain',
  summary: 'OpenMP cannot start threads: EAGAIN',
  texts: ['libgomp: Thread creation failed: Resource temporarily unavailable', 'OMP: Error #34'],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/containers/toolbox/issues/849',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
