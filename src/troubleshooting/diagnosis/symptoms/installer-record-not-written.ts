import { likely } from '../causes';
import { Symptom } from '../symptom';

export const installerRecordNotWritten: Symptom = {
  id: 'installer-record-not-written',
  summary: 'the installer cannot write down what it did',
  texts: ['the record of what was installed is not written', 'leadership not written'],
  causes: [
    likely({
      cause: 'no space, or the host directory is read-only',
      remedy: 'free space on the node; profiles that are in place stay',
    }),
  ],
  check: 'on the node: df /var/lib/kubelet',
  source: 'https://github.com/cdk8s-seccomp/cdk8s-seccomp/blob/main/assets/install-profiles.sh',
};
