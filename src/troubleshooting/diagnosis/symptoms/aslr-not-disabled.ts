import { FILTER_CHECK, likely, RUNTIME_DEFAULT_DENIES } from '../causes';
import { Symptom } from '../symptom';

export const aslrNotDisabled: Symptom = {
  id: 'aslr-not-disabled',
  summary: 'a debugger cannot turn off address space randomization',
  texts: ['Error disabling address space randomization: Operation not permitted', 'personality…Operation not permitted'],
  causes: [
    likely(RUNTIME_DEFAULT_DENIES('personality')),
  ],
  check: FILTER_CHECK,
  source: 'https://github.com/pwndbg/pwndbg/pull/1116',
  calls: ['personality'],
};
