import { CLONE3_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { Symptom } from '../symptom';

export const curlResolverThreadFailed: Symptom = {
  id: 'curl-resolver-thread-failed',
  summary: 'curl cannot start the thread that resolves names',
  texts: ['getaddrinfo() thread failed to start'],
  causes: [
    possible(SECCOMP_DENIES_THREADS),
    possible(PIDS_LIMIT),
  ],
  check: CLONE3_CHECK,
  source: 'https://github.com/moby/moby/issues/42680',
  calls: ['clone3', 'clone'],
};
