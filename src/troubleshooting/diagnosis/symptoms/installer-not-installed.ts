import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerNotInstalled: Symptom = {
  id: 'installer-not-installed',
  summary: 'a profile cannot be written on the node',
  texts: ['json not installed:'],
  unless: ['its source', 'symbolic link', 'documents.sha256'],
  causes: [
    likely({
      cause: 'the reason stands behind it: no space, a read-only or labelled host directory, a directory in the place of the file',
      remedy: "free space; on SELinux nodes `seLinuxType: 'spc_t'`; remove what is in the way",
    }),
  ],
  check: 'on the node: df /var/lib/kubelet; ls -lZ /var/lib/kubelet/seccomp',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
