import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const cppThreadEperm: Symptom = {
  id: 'cpp-thread-eperm',
  summary: 'a C++ program ends with std::system_error: EPERM',
  texts: [
    { text: 'what(): Operation not permitted', after: "instance of 'std::system_error'" },
    'std::exception::what(): Operation not permitted…std::system_error',
    "instance of 'std::system_error' what(): Operation not permitted",
  ],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/mamba-org/micromamba-docker/issues/211',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
