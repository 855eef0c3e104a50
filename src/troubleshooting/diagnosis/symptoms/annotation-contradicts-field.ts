import { certain } from '../causes';
import { Symptom } from '../symptom';

export const annotationContradictsField: Symptom = {
  id: 'annotation-contradicts-field',
  summary: 'the API server refuses a pod whose annotation and field differ',
  texts: ['seccomp type in annotation and field must match', 'seccomp profile in annotation and field must match'],
  causes: [
    certain({
      cause: 'a seccomp annotation from before Kubernetes 1.19 says another profile than the field beside it',
      remedy: 'remove the annotation: SeccompPolicy does; `cdk8s-seccomp check` says annotation-contradicts-field, and where',
    }),
  ],
  check: '`cdk8s-seccomp check` on the manifests',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go',
};
