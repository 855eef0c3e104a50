import { certain, FILTER_KILLED, likely, OWN_FILTER, possible } from '../causes';
import { Symptom } from '../symptom';

/** Symptoms of a process that a filter killed, and of records in the kernel's log. */
export const KILLED: readonly Symptom[] = [
  {
    id: 'audit-record',
    summary: 'the kernel logged an action of a filter',
    texts: ['type=1326 audit(', 'type=SECCOMP msg=audit(', 'SECCOMP auid='],
    causes: [
      certain({
        cause: 'a filter denied or logged a call',
        remedy: 'find the rule with `cdk8s-seccomp explain FILE CALL`, and allow the call with `profile.withAllowed([CALL])`; `cdk8s-seccomp audit LOG '
          + '--profile FILE` counts and explains all records',
      }),
    ],
    check: 'missing records do not rule out seccomp: ERRNO is logged only with SECCOMP_FILTER_FLAG_LOG (runc 1.2 and later)',
    source: 'https://github.com/torvalds/linux/blob/v6.1/kernel/seccomp.c',
  },
  {
    id: 'bad-system-call',
    summary: 'a process was killed for a system call',
    texts: ['Bad system call', 'SIGSYS'],
    causes: [
      likely(FILTER_KILLED),
      possible(OWN_FILTER),
    ],
    check: 'on the node: dmesg | grep type=1326, and pass it to `cdk8s-seccomp diagnose`: KILL is always logged',
    source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  },
  {
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
    check: 'on the node: dmesg | grep type=1326, and pass it to `cdk8s-seccomp diagnose`: KILL is always logged',
    source: 'https://github.com/Popax21/synaTudor/issues/3',
  },
  {
    id: 'exit-code-31',
    summary: "a container ended with 31: SIGSYS, or a number of the program's own",
    texts: ['Exit Code: 31', 'exitCode: 31', '"exitCode":31', 'exited with code 31', 'Exited (31)'],
    causes: [
      possible({
        cause: 'the filter killed the container, and the report has the bare number of SIGSYS',
        remedy: 'look for records in dmesg on the node, as for 159',
      }),
      possible({
        cause: 'the program itself ended with 31',
        remedy: 'look up the number in the program\'s documentation',
      }),
    ],
    check: 'on the node: dmesg | grep type=1326',
    source: 'https://man7.org/linux/man-pages/man7/signal.7.html',
  },
];
