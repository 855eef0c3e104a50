import { certain } from '../causes';
import { Symptom } from '../symptom';

export const podSecurityAnnotation: Symptom = {
  id: 'pod-security-annotation',
  summary: 'Pod Security refuses an annotation',
  texts: ['forbidden annotation…seccomp'],
  causes: [
    certain({
      cause: 'before Kubernetes 1.19 the mode stood in annotations, and this one says unconfined',
      remedy: 'write the field instead: SeccompSecured workloads do; `cdk8s-seccomp check` says annotation-only',
    }),
  ],
  check: 'kubectl version',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
};
