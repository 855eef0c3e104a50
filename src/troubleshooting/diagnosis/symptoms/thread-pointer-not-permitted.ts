import { certain, LINT_CHECK } from '../causes';
import { Symptom } from '../symptom';

export const threadPointerNotPermitted: Symptom = {
  id: 'thread-pointer-not-permitted',
  summary: 'a program ends before main(): it may not set its thread pointer',
  texts: ['cannot set %fs base address for thread-local storage'],
  causes: [
    certain({
      cause: 'an allowlist leaves out arch_prctl, which every program on x86_64 calls',
      remedy: 'allow arch_prctl: SeccompProfile.allowlist({ allowed }) needs it; `cdk8s-seccomp lint` says container-cannot-start',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/x86_64/nptl/tls.h',
  calls: ['arch_prctl'],
};
