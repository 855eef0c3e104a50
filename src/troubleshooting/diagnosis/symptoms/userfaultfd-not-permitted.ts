import { FILTER_CHECK, likely, possible, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const userfaultfdNotPermitted: Symptom = {
  id: 'userfaultfd-not-permitted',
  summary: 'userfaultfd cannot be used',
  texts: ['userfaultfd…Operation not permitted'],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('userfaultfd')),
    possible({
      cause: 'vm.unprivileged_userfaultfd is 0 on the node',
      remedy: 'sysctl vm.unprivileged_userfaultfd',
    }),
  ],
  check: FILTER_CHECK,
  source: 'https://man7.org/linux/man-pages/man2/userfaultfd.2.html',
  calls: ['userfaultfd'],
};
