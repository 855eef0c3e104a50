import { likely } from '../causes';
import { Symptom } from '../symptom';

export const seccompNotSupported: Symptom = {
  id: 'seccomp-not-supported',
  summary: 'the node, or its runtime, has no seccomp',
  texts: [
    'config provided but seccomp not supported',
    'seccomp is not enabled in your kernel',
    'seccomp is not supported',
    'seccomp profiles are not supported',
    'seccomp not enabled in this build',
    'seccomp is not enabled, cannot run with a profile',
  ],
  causes: [
    likely({
      cause: 'runc was built without libseccomp, or the kernel without CONFIG_SECCOMP_FILTER',
      remedy: 'another build of runc or kernel; until then SeccompMode.UNCONFINED on these nodes',
    }),
  ],
  check: 'on the node: grep SECCOMP /boot/config-$(uname -r); runc --version has a line for libseccomp',
  source: 'https://github.com/podman-container-tools/buildah/issues/467',
};
