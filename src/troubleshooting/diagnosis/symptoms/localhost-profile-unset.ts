import { certain } from '../causes';
import { Symptom } from '../symptom';

export const localhostProfileUnset: Symptom = {
  id: 'localhost-profile-unset',
  summary: 'the mode Localhost names no profile',
  texts: ['must be set when seccomp type is Localhost', 'localhostProfile must be set if seccompProfile type is Localhost'],
  causes: [
    certain({
      cause: '`localhostProfile` is missing or empty',
      remedy: "SeccompMode.localhost(profile) or SeccompMode.localhostPath('profiles/x.json') writes both",
    }),
  ],
  check: '`cdk8s-seccomp check` on the manifests says localhost-without-path',
  source: 'https://github.com/kubernetes/kubernetes/pull/117020',
};
