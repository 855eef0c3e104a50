import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const notifyUnusable: Symptom = {
  id: 'notify-unusable',
  summary: 'NOTIFY is used where it cannot be',
  texts: ['SCMP_ACT_NOTIFY cannot be used', 'listenerPath is not set'],
  causes: [
    certain({
      cause: 'NOTIFY is the default action, or at `write`, or the profile has no `listenerPath`',
      remedy: '`cdk8s-seccomp lint` says notify-unusable',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
};
