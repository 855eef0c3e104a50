import { FILTER_KILLED, likely, OWN_FILTER, possible } from '../causes';
import { Symptom } from '../symptom';

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
    likely(FILTER_KILLED),
    possible(OWN_FILTER),
  ],
  check: 'on the node: dmesg | grep type=1326, and hand it to `cdk8s-seccomp diagnose`: KILL is always logged',
  source: 'https://github.com/Popax21/synaTudor/issues/3',
};
