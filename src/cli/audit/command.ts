import { Command, Option } from 'commander';
import { AuditReport } from './report';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { adviceOn } from '../../troubleshooting/audit/advice';
import { AuditTally, isOnlyLogged } from '../../troubleshooting/audit/tally';
import { FoundProfile } from '../documents/found-profile';
import { findOne, readAsNode } from '../documents/one-profile';
import { Io, Status } from '../io';
import { runtimeOption } from '../options';
import { checkStdin, formatOption, Outcome } from '../outcome';

const FORMATS = {
  text: () => (require('./text') as typeof import('./text')).formatAuditText,
  json: () => (require('./json') as typeof import('./json')).formatAuditJson,
};

const HELP = `
Logs are the output of dmesg, journalctl or ausearch, /var/log/audit/audit.log, and syslog files; other lines are skipped. Without a file, standard
input is read. A log that is given twice is counted twice.

No record does not mean no denial. SCMP_ACT_ERRNO is recorded only if the profile has the flag SECCOMP_FILTER_FLAG_LOG, which runc supports from 1.2 on.
Actions that kernel.seccomp.actions_logged does not name are never recorded. The kernel drops records that come too fast.

Whoever can write to a log can forge a record. Read a suggested change before you make it: it allows what the profile denied.

Examples:
  dmesg | cdk8s-seccomp audit
  cdk8s-seccomp audit /var/log/audit/audit.log --profile profile.json
  journalctl -k -o short-iso --since today | cdk8s-seccomp audit - --profile profile.json --format json

Exit status: 0 no call was denied (SCMP_ACT_LOG executes calls), 1 a call was denied, 2 wrong usage or a file that cannot be read.
`;

interface Flags {
  readonly format: keyof typeof FORMATS;
  readonly profile?: string;
  readonly runtime?: ContainerRuntime;
}

export function audit(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  command
    .description('List the calls that seccomp denied or logged, by program, from the audit records in logs, and the rules of a profile that caused it.')
    .argument('[file...]', 'logs; - is standard input')
    .addOption(new Option('--profile <file>', 'compare with the profile that the programs ran under, or a manifest with one profile'))
    .addOption(new Option('--runtime <runtime>', 'name the runtime that loaded the profile, such as runc@1.1.5 or crun@1.8.1+libseccomp@2.5.4').argParser(runtimeOption))
    .addOption(formatOption(FORMATS))
    .addHelpText('after', HELP);
  return (names, flags) => auditAll(names.length > 0 ? names : ['-'], flags, io);
}

function auditAll(names: readonly string[], flags: Flags, io: Io): Status {
  checkStdin([...names, flags.profile]);
  const found = flags.profile === undefined ? undefined : findOne(flags.profile, io);
  const profile = found && readAsNode(found);
  const tally = new AuditTally();
  const outcome = new Outcome(io);
  outcome.readLogs(names, line => tally.add(line));
  const report = reportOf(tally, found, profile, flags.runtime);
  if (report.counts.length > 0 || !outcome.isBroken) io.stdout(FORMATS[flags.format]()(report, io));
  return outcome.status(report.uncounted > 0 || report.counts.some(({ call }) => !isOnlyLogged(call)));
}

function reportOf(
  { counts, truncated, uncounted, loss }: AuditTally, found?: FoundProfile, profile?: SeccompProfile, runtime?: ContainerRuntime,
): AuditReport {
  const advised = counts.map(count => ({ ...count, advice: profile && adviceOn(count.call, profile, runtime) }));
  return { counts: advised, truncated, uncounted, loss, found, flags: profile?._document.flags };
}
