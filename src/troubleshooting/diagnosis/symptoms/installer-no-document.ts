import { certain } from '../causes';
import { Symptom } from '../symptom';

export const installerNoDocument: Symptom = {
  id: 'installer-no-document',
  summary: 'the installer has no document for this kind of node',
  texts: ['has no document for this node (', 'has no digest of its document for'],
  causes: [
    certain({
      cause: "the profile's `architectures` name nothing that this node runs",
      remedy: "add the node's architecture to the profile (withArchitectures), or keep the DaemonSet off such nodes",
    }),
  ],
  check: 'kubectl get node NODE -o jsonpath={.status.nodeInfo.architecture}',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
