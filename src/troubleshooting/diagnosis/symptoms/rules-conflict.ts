import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const rulesConflict: Symptom = {
  id: 'rules-conflict',
  summary: 'two rules for the same call and condition do different things',
  texts: ['adding seccomp filter rule for syscall…file exists', 'adding seccomp rule for syscall…file exists', 'seccomp_rule_add…File exists'],
  causes: [
    certain({
      cause: 'libseccomp refuses the second of two rules with equal conditions and different actions (EEXIST)',
      remedy: 'leave one of them: `cdk8s-seccomp lint` says conflicting-rules, `cdk8s-seccomp merge` makes one profile of two',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
};
