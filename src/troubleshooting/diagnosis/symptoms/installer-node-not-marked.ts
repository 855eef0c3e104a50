import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerNodeNotMarked: Symptom = {
  id: 'installer-node-not-marked',
  summary: 'the node does not say which profiles it has',
  texts: ['the node does not say which profiles it has:'],
  causes: [
    likely({
      cause: 'the API server refuses the patch, or the feature directory cannot be written: the gate stays shut, the profiles are there',
      remedy: 'the reason stands behind it: NodeGate.nodeLabel() needs its ServiceAccount and an image with curl, '
        + 'NodeGate.nodeFeatureDiscovery() its host path',
    }),
  ],
  check: 'kubectl get node NODE --show-labels',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
