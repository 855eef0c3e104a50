import { certain } from '../causes';
import { Symptom } from '../symptom';

export const installerPathInvalid: Symptom = {
  id: 'installer-path-invalid',
  summary: 'a profile has a path that the installer does not write',
  texts: ['the source has a document for "'],
  causes: [
    certain({
      cause: 'the ConfigMap was not made by SeccompProfileDaemonSet, which checks paths at synth',
      remedy: 'change the profile in the app and apply it again',
    }),
  ],
  check: 'kubectl get configmap NAME -o yaml',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
