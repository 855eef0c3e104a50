import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const argumentIndexInvalid: Symptom = {
  id: 'argument-index-invalid',
  summary: 'a condition is about an argument that no call has',
  texts: ['syscalls only have up to 6 arguments', 'invalid seccomp index'],
  causes: [
    certain({
      cause: 'the index of a condition is above 5',
      remedy: 'indexes count from 0: `cdk8s-seccomp lint FILE`',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/containers/crun/pull/2236',
};
