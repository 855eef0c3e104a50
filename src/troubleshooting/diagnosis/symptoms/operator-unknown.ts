import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const operatorUnknown: Symptom = {
  id: 'operator-unknown',
  summary: 'the runtime does not know an operator of the profile',
  texts: ['is not a valid operator for seccomp', 'get_seccomp_operator', 'seccomp get operator'],
  causes: [
    certain({
      cause: 'the operator of a condition is misspelt',
      remedy: 'one of SCMP_CMP_NE, LT, LE, EQ, GE, GT, MASKED_EQ: ArgumentTest writes them',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/config.go',
};
