import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const architectureUnknown: Symptom = {
  id: 'architecture-unknown',
  summary: 'the runtime does not know an architecture of the profile',
  texts: ['is not a valid arch for seccomp', 'seccomp unknown architecture', 'to seccomp filter: architecture…is not supported on this version of the library'],
  causes: [
    certain({
      cause: 'the name is misspelt, or newer than the runtime: SCMP_ARCH_RISCV64 needs runc 1.1.8',
      remedy: 'SeccompProfileDaemonSet gives each node the architectures that it runs, and no others; or `cdk8s-seccomp for-node FILE amd64`',
    }),
  ],
  check: `runc --version on the node; ${LINT_CHECK}: architecture-unknown-to-runtime`,
  source: 'https://github.com/moby/moby/pull/23439',
  subject: { begin: 'string ', end: ' is not' },
};
