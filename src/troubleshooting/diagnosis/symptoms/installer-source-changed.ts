import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerSourceChanged: Symptom = {
  id: 'installer-source-changed',
  summary: 'a ConfigMap of the installer is not as it was made',
  texts: ['its source has not the digest that documents.sha256 says', 'its source is not a JSON object'],
  causes: [
    likely({
      cause: 'somebody has edited the ConfigMap by hand',
      remedy: 'change the profile in the app and apply it again',
    }),
  ],
  check: 'kubectl get configmap NAME -o yaml, beside the synthesized one',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
