import { likely } from '../causes';
import { Symptom } from '../symptom';

export const rulePermissionDenied: Symptom = {
  id: 'rule-permission-denied',
  summary: 'libseccomp refuses a rule with EACCES',
  texts: ['adding seccomp filter rule for syscall…permission denied', 'adding seccomp rule for syscall…permission denied'],
  causes: [
    likely({
      cause: "a runc before 1.0.0-rc91, often inside of a vendor's runtime, drops `errnoRet`: the rule then does what the default action does",
      remedy: 'upgrade runc, and the runtime that brings its own (nvidia-container-runtime, Ascend Docker ContainerRuntime)',
    }),
  ],
  check: 'which runtime the container uses, and its version: containerd config dump, docker info',
  source: 'https://github.com/containerd/containerd/issues/6203',
  subject: { begin: 'syscall ', end: ':' },
};
