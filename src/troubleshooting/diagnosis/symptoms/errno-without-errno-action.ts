import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const errnoWithoutErrnoAction: Symptom = {
  id: 'errno-without-errno-action',
  summary: 'an errno stands at an action that returns none',
  texts: ['errno value specified for action'],
  causes: [
    certain({
      cause: 'crun refuses `errnoRet` at any action but ERRNO and TRACE; runc passes over it',
      remedy: 'take it out: `cdk8s-seccomp lint` says errno-without-errno-action',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/containers/crun/pull/680',
};
