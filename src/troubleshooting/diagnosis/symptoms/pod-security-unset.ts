import { certain } from '../causes';
import { Symptom } from '../symptom';

export const podSecurityUnset: Symptom = {
  id: 'pod-security-unset',
  summary: 'Pod Security asks for a mode',
  texts: ['must set securityContext.seccompProfile.type to'],
  causes: [
    certain({
      cause: 'the level restricted asks for RuntimeDefault or Localhost on the pod, or on every container',
      remedy: '`seccomp: SeccompMode.RUNTIME_DEFAULT` or SeccompMode.localhost(profile) on a SeccompSecured workload; SeccompPolicy for a '
        + 'whole app',
    }),
  ],
  check: '`cdk8s-seccomp check` on the manifests says pod-security-seccomp',
  source: 'https://github.com/hashicorp/vault-k8s/pull/416',
};
