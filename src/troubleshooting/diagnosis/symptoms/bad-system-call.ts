import { FILTER_KILLED, likely, OWN_FILTER, possible } from '../causes';
import { Symptom } from '../symptom';

export const badSystemCall: Symptom = {
  id: 'bad-system-call',
  summary: 'a process was killed for a system call',
  texts: ['Bad system call', 'SIGSYS'],
  causes: [
    likely(FILTER_KILLED),
    possible(OWN_FILTER),
  ],
  check: 'on the node: dmesg | grep type=1326, and hand it to `cdk8s-seccomp diagnose`: KILL is always logged',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
};
