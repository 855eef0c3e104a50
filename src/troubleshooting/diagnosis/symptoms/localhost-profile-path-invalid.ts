import { certain } from '../causes';
import { Symptom } from '../symptom';

export const localhostProfilePathInvalid: Symptom = {
  id: 'localhost-profile-path-invalid',
  summary: 'the path of a profile is not one that a kubelet takes',
  texts: ['localhostProfile…must be a relative path', "localhostProfile…must not contain '..'"],
  causes: [
    certain({
      cause: "the path begins with a slash, or leads upwards: it is relative to the kubelet's seccomp directory",
      remedy: "SeccompMode.localhostPath('profiles/x.json') checks it at synth",
    }),
  ],
  check: 'kubectl get pod -o yaml: localhostProfile',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.30.0/pkg/apis/core/validation/validation.go',
};
