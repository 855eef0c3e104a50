import { likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const rubyThreadEagain: Symptom = {
  id: 'ruby-thread-eagain',
  summary: 'Ruby cannot start a thread: EAGAIN',
  texts: ["can't create Thread: Resource temporarily unavailable"],
  causes: [
    likely(PIDS_LIMIT),
    possible(MUSL_HIDES_SECCOMP),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/ruby/ruby/blob/v3_2_0/thread.c',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
