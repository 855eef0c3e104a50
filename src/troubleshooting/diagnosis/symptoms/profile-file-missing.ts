import { certain } from '../causes';
import { Symptom } from '../symptom';

export const profileFileMissing: Symptom = {
  id: 'profile-file-missing',
  summary: "the profile's file is not on the node",
  texts: ['seccomp profile…no such file or directory', 'unable to load local profile…no such file or directory'],
  unless: ['seccomp agent'],
  causes: [
    certain({
      cause: 'the node does not have the file: nothing brings it there, it comes later than the pod, it lies below another directory, or the '
        + 'kubelet has another root directory',
      remedy: 'SeccompProfileDaemonSet brings it to every node, and `nodeGate` keeps pods off nodes without it; a file that is only late heals '
        + 'by itself, as the kubelet tries again',
    }),
  ],
  check: 'on the node of the pod: ls -l /var/lib/kubelet/seccomp/PATH; `cdk8s-seccomp check` on the manifests says '
    + 'localhost-profile-not-distributed',
  source: 'https://github.com/rancher/rke2/issues/8312',
  subject: { begin: 'open ', end: ': no such' },
};
