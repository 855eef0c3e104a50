import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const cppThreadEagain: Symptom = {
  id: 'cpp-thread-eagain',
  summary: 'a C++ program ends with std::system_error: EAGAIN',
  texts: [
    { text: 'what(): Resource temporarily unavailable', after: "instance of 'std::system_error'" },
    "instance of 'std::system_error' what(): Resource temporarily unavailable",
  ],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://gcc.gnu.org/git/?p=gcc.git;a=blob;f=libstdc%2B%2B-v3/src/c%2B%2B11/thread.cc',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
