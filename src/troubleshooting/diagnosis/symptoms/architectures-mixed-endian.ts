import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const architecturesMixedEndian: Symptom = {
  id: 'architectures-mixed-endian',
  summary: 'the profile lists architectures of both byte orders',
  texts: ['adding architecture…argument out of domain', 'seccomp…numerical argument out of domain'],
  causes: [
    certain({
      cause: 'libseccomp refuses to put big- and little-endian architectures into one filter (EDOM): no runtime loads such a list on any node',
      remedy: 'give each node its own list: SeccompProfileDaemonSet does, or `cdk8s-seccomp for-node FILE amd64`',
    }),
  ],
  check: `${LINT_CHECK}: mixed-endian-architectures`,
  source: 'https://github.com/opencontainers/runc/issues/4835',
  calls: ['execve'],
};
