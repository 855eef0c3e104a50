import { likely } from '../causes';
import { Symptom } from '../symptom';

export const profileFileUnreadable: Symptom = {
  id: 'profile-file-unreadable',
  summary: "the profile's file cannot be read",
  texts: ['cannot load seccomp profile', 'unable to load local profile', 'opening seccomp profile'],
  unless: ['no such file or directory', 'decoding seccomp profile'],
  causes: [
    likely({
      cause: 'the path is a directory, or a link that leads nowhere, or the runtime may not read it',
      remedy: 'SeccompProfileDaemonSet writes a plain file with mode 0644, and says in its log what is in the way',
    }),
  ],
  check: 'on the node of the pod: ls -ld the path in the message, and every directory above',
  source: 'https://github.com/containerd/containerd/blob/v1.7.20/contrib/seccomp/seccomp.go',
  subject: { begin: 'seccomp profile "', end: '"' },
};
