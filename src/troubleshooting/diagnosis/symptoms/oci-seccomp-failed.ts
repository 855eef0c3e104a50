import { LINT_CHECK, possible } from '../causes';
import { Symptom } from '../symptom';

export const ociSeccompFailed: Symptom = {
  id: 'oci-seccomp-failed',
  summary: 'the runtime could not set up seccomp',
  texts: [
    'OCI runtime create failed…seccomp',
    'runc create failed…seccomp',
    'unable to init seccomp',
    'crun: seccomp',
    'setup seccomp:',
    'failed to generate seccomp…opts',
    'seccomp_rule_add',
    'adding seccomp filter rule',
    'adding seccomp rule',
  ],
  causes: [
    possible({
      cause: "the profile, or the node's runtime or libseccomp, is not what the other expects",
      remedy: '`cdk8s-seccomp lint --target runtime=runc@VERSION FILE` on the profile',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/containers/crun/issues/31',
  isGeneral: true,
};
