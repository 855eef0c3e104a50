import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerNoProfile: Symptom = {
  id: 'installer-no-profile',
  summary: 'the installer finds no profile at all',
  texts: ['error: no profile in', '"message":"no profile in'],
  causes: [
    likely({
      cause: 'the ConfigMap is empty or not mounted where the installer looks',
      remedy: 'apply the chart again; do not change SOURCE_DIR',
    }),
  ],
  check: 'kubectl describe pod of the DaemonSet: its volumes',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
