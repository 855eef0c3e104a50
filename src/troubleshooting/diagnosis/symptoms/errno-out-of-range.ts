import { likely, LINT_CHECK, possible } from '../causes';
import { Symptom } from '../symptom';

export const errnoOutOfRange: Symptom = {
  id: 'errno-out-of-range',
  summary: 'an errno is no errno',
  texts: ['two checks on same syscall argument', 'seccomp_rule_add…Invalid argument'],
  causes: [
    likely({
      cause: 'an `errnoRet` of 4095 or more; the message of runc speaks of arguments and misleads',
      remedy: 'write an errno below 4095: `cdk8s-seccomp lint` says invalid-errno',
    }),
    possible({
      cause: 'one rule tests an argument twice',
      remedy: 'write two rules: `cdk8s-seccomp lint` says same-argument-twice',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/seccomp/libseccomp-golang/blob/v0.10.0/seccomp_internal.go',
};
