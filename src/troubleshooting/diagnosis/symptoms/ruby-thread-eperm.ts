import { CLONE3_CHECK, CLONE_DENIED, likely, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const rubyThreadEperm: Symptom = {
  id: 'ruby-thread-eperm',
  summary: 'Ruby cannot start a thread: EPERM',
  texts: ["can't create Thread: Operation not permitted"],
  causes: [
    likely(SECCOMP_DENIES_THREADS),
    possible(CLONE_DENIED),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/docker-library/ruby/issues/429',
  proves: CauseId.SECCOMP_DENIES_THREADS,
  calls: ['clone3', 'clone'],
};
