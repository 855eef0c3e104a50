import { Symptom } from '../symptom';
import { likely, possible } from '../symptom-causes';

export const badSystemCall: Symptom = {
  id: 'bad-system-call',
  summary: 'a process was killed for a system call',
  texts: ['Bad system call', 'SIGSYS'],
  causes: [
    likely({
      cause: 'the filter killed it: the profile says KILL, or its `architectures` leave out the ABI of the program, such as X86 for 32-bit '
        + 'programs',
      remedy: '`cdk8s-seccomp lint` says missing-compat-abi and kill-thread-default; `cdk8s-seccomp explain FILE CALL` for the call in the '
        + 'audit log',
    }),
    possible({
      cause: 'the program has a filter of its own (Chrome, systemd, OpenSSH), and killed itself',
      remedy: 'a new version of the program',
    }),
  ],
  check: 'on the node: dmesg | grep type=1326, and hand it to `cdk8s-seccomp diagnose`: KILL is always logged',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
};
