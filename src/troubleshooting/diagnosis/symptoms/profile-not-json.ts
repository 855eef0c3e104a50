import { likely, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const profileNotJson: Symptom = {
  id: 'profile-not-json',
  summary: 'the profile is not JSON, or not a profile',
  texts: ['decoding seccomp profile failed', 'cannot unmarshal…seccomp', 'unable to load local profile…invalid character'],
  causes: [
    likely({
      cause: 'the file is damaged, cut off or of another shape: an array, a YAML document, a path in its place',
      remedy: '`cdk8s-seccomp lint FILE` names line and column; SeccompProfileDaemonSet installs nothing that is not a JSON object',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/cri-o/cri-o/issues/1767',
};
