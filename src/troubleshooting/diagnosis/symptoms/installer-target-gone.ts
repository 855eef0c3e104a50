import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerTargetGone: Symptom = {
  id: 'installer-target-gone',
  summary: "the installer's host directory is gone",
  texts: ['or was removed on the node: exiting to get it mounted again'],
  causes: [
    likely({
      cause: "somebody removed the kubelet's seccomp directory, or `kubeletRoot` is not this node's",
      remedy: 'the next container mounts it again; if it comes back, compare `kubeletRoot` with --root-dir of the kubelet',
    }),
  ],
  check: 'on the node: ls -ld /var/lib/kubelet/seccomp',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
