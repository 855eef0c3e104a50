import { certain } from '../causes';
import { Symptom } from '../symptom';

export const installerLinkInTheWay: Symptom = {
  id: 'installer-link-in-the-way',
  summary: 'a link stands on the way to the profile',
  texts: ['is a symbolic link, expected a directory', 'has become a symbolic link, expected a directory'],
  causes: [
    certain({
      cause: "a directory below the kubelet's seccomp directory is a link, and the installer follows none",
      remedy: 'remove the link on the node',
    }),
  ],
  check: 'on the node: ls -l /var/lib/kubelet/seccomp',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
