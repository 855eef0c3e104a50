import { certain } from '../causes';
import { Symptom } from '../symptom';

export const seccompTypeInvalid: Symptom = {
  id: 'seccomp-type-invalid',
  summary: 'a seccompProfile has no type, or an unknown one',
  texts: ['seccompProfile.type: Required value', 'seccompProfile.type: Unsupported value', 'type is required when seccompProfile is set'],
  causes: [
    certain({
      cause: 'the type is one of Unconfined, RuntimeDefault, Localhost',
      remedy: 'SeccompMode writes it',
    }),
  ],
  check: 'kubectl get pod -o yaml: seccompProfile',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
};
