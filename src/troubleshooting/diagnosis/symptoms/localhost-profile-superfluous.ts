import { certain } from '../causes';
import { Symptom } from '../symptom';

export const localhostProfileSuperfluous: Symptom = {
  id: 'localhost-profile-superfluous',
  summary: 'a profile is named by a mode that has none',
  texts: ['can only be set when seccomp type is Localhost'],
  causes: [
    certain({
      cause: '`localhostProfile` stands beside a type that is not Localhost',
      remedy: 'SeccompMode writes the two as they belong together',
    }),
  ],
  check: 'kubectl get pod -o yaml: type and localhostProfile',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
};
