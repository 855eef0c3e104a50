import { certain } from '../causes';
import { Symptom } from '../symptom';

export const flagsUnsupported: Symptom = {
  id: 'flags-unsupported',
  summary: 'the runtime knows no flags, or not this one',
  texts: [
    'seccomp flags are not yet supported by runc',
    'seccomp flag…is not known to runc',
    'unknown seccomp option',
    'adding SSB flag to seccomp filter',
    'adding WaitKill flag to seccomp filter',
  ],
  causes: [
    certain({
      cause: 'runc before 1.2 refuses a profile with flags; later ones refuse flags that they or their libseccomp do not know',
      remedy: 'leave `flags` out, or upgrade the runtime: `cdk8s-seccomp lint` says flag-unsupported-by-runtime',
    }),
  ],
  check: 'runc --version on the node, with libseccomp in its last line',
  source: 'https://github.com/opencontainers/runc/pull/3390',
};
