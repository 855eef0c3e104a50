import { Symptom } from '../symptom';
import { likely, possible } from '../symptom-causes';

export const exitCode159: Symptom = {
  id: 'exit-code-159',
  summary: 'a container ended with 159: SIGSYS',
  texts: [
    'Exit Code: 159',
    'exitCode: 159',
    '"exitCode":159',
    'exit code 159',
    'exited with code 159',
    'exit status 159',
    'exited with 159',
    'Exited (159)',
    'exitStatus:159',
    'exit_status:159',
    'ExitCode:159',
    'code=159',
    'error code 159',
  ],
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
  source: 'https://github.com/Popax21/synaTudor/issues/3',
};
