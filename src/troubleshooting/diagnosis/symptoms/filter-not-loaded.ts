import { LINT_CHECK, possible } from '../causes';
import { Symptom } from '../symptom';

export const filterNotLoaded: Symptom = {
  id: 'filter-not-loaded',
  summary: 'the kernel refuses the filter',
  texts: ['loading seccomp filter into kernel', 'error loading seccomp filter', 'seccomp (SECCOMP_SET_MODE_FILTER)'],
  causes: [
    possible({
      cause: 'the kernel has no CONFIG_SECCOMP_FILTER, or the profile uses what it does not know',
      remedy: 'grep SECCOMP /boot/config-$(uname -r) on the node; `cdk8s-seccomp lint FILE`',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/opencontainers/runc/issues/374',
};
