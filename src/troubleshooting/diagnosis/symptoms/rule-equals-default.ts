import { certain } from '../causes';
import { Symptom } from '../symptom';

export const ruleEqualsDefault: Symptom = {
  id: 'rule-equals-default',
  summary: 'a rule does what the default action does, and the runtime refuses it',
  texts: ['requested action matches default action of filter'],
  causes: [
    certain({
      cause: 'runc before 1.0.2 hands a rule to libseccomp that does the same as the default action',
      remedy: 'take the rule out (`cdk8s-seccomp lint` says rule-equals-default), or upgrade runc',
    }),
  ],
  check: 'runc --version on the node',
  source: 'https://github.com/podman-container-tools/podman/issues/11029',
  subject: { begin: 'syscall ', end: ':' },
};
