import { certain } from '../causes';
import { Symptom } from '../symptom';

export const podSecurityUnconfined: Symptom = {
  id: 'pod-security-unconfined',
  summary: 'Pod Security refuses the mode Unconfined',
  texts: ['must not set securityContext.seccompProfile.type to'],
  causes: [
    certain({
      cause: 'from the level baseline on, no pod and no container may say Unconfined',
      remedy: 'SeccompMode.RUNTIME_DEFAULT or SeccompMode.localhost(profile); SeccompPolicy for a whole app',
    }),
  ],
  check: '`cdk8s-seccomp check` on the manifests says pod-security-seccomp',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
};
