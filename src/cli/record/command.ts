import { Command, Option } from 'commander';
import { InputError, list } from '../../private/errors';
import { enumerate, groupBy } from '../../private/text';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { abiWord } from '../../syscalls/abis';
import { isLossy } from '../../troubleshooting/audit/loss';
import { AuditTally } from '../../troubleshooting/audit/tally';
import { RecordedCall } from '../../troubleshooting/recording/calls';
import { JudgedCall } from '../../troubleshooting/recording/comparison';
import { asJson, RecordReport, reportOn } from '../../troubleshooting/recording/report';
import { findOne, readAsNode } from '../documents/one-profile';
import { logLines } from '../input/log-lines';
import { Io, Status } from '../io';
import { collect } from '../options';
import { checkStdin, formatOption } from '../outcome';
import { plural, printable, styleFor, wrap } from '../style';
import { answerOf } from '../words';

const HELP = `
Run a canary under SeccompProfile.logging(), through all that it ever does, and give its logs: the calls that SCMP_ACT_LOG executed are allowed, those
that were denied are not. Several logs make one allowlist. It goes to standard output, the report to standard error.

Added is what runc and crun need themselves, and clone, without which threads do not start everywhere. Everything else fails with ENOSYS, also clone3
unless it was recorded: C libraries then fall back to clone. To keep clone3 out, record under SeccompProfile.logging().withDenied(['clone3'], 38).
Records hold no arguments, so that clone lets namespaces through, too: lint warns of it.

The kernel's own log (dmesg) keeps ten audit messages in five seconds. Read what auditd writes, or journald with systemd-journald-audit.socket. Or go
step by step: with SeccompProfile.logging(allowlist), only what the allowlist lacks is logged; merge --union adds it.

Whoever can write to a log can forge a record. Read the allowlist before you use it.

Examples:
  cdk8s-seccomp record /var/log/audit/audit.log --comm app > profile.json
  cdk8s-seccomp record monday.log tuesday.log --base profile.json > next.json
  journalctl -b _TRANSPORT=audit -o short | cdk8s-seccomp record - --denylist denylist.json > /dev/null

Exit status: 0 done, 1 a profile given denies, or may deny, a recorded call, 2 wrong usage, a file that cannot be read, or no call to record.
`;

interface Flags {
  readonly base?: string;
  readonly denylist?: string;
  readonly comm?: string[];
  readonly format: 'text' | 'json';
}

export function record(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  command
    .description('Make the smallest allowlist of the calls that audit records show.')
    .argument('<file...>', 'logs; - is standard input')
    .addOption(new Option('--base <file>', 'a profile, or a manifest with one: report which calls are new to it'))
    .addOption(new Option('--denylist <file>', 'the same: report which of its denials were called, and which never'))
    .addOption(new Option('--comm <name>', 'take only records of threads of that name; may be given more than once').argParser(collect(String)))
    .addOption(formatOption({ text: true, json: true }, 'how to print the report'))
    .addHelpText('after', HELP);
  return (names, flags) => {
    checkStdin([...names, flags.base, flags.denylist]);
    const profiles = { base: readProfile(flags.base, io), denylist: readProfile(flags.denylist, io) };
    const tally = new AuditTally();
    // Of a file that cannot be read nothing may be missing without a word: what is printed is to be used.
    for (const name of names) for (const line of logLines(name, io)) tally.add(line);
    const report = reportOn(tally, { comms: flags.comm, ...profiles });
    if (!report) throw new InputError(nothing(tally, flags));
    io.stdout(report.allowlist.profile.toJson());
    io.stderr(flags.format === 'json' ? `${JSON.stringify(asJson(report), undefined, 2)}\n` : textOf(report, flags, io));
    const found = [report.base, report.denylist].some(each => each && each.denied.length + each.unsure.length > 0);
    return found ? Status.FINDINGS : Status.CLEAN;
  };
}

function readProfile(name: string | undefined, io: Io): SeccompProfile | undefined {
  return name === undefined ? undefined : readAsNode(findOne(name, io));
}

function nothing({ counts }: AuditTally, { comm }: Flags): string {
  const names = [...new Set(counts.map(({ call }) => call.comm ?? '?'))].sort();
  if (comm && names.length > 0) return printable(`no call of ${list(comm)} was logged and executed, expected one of: ${list(names.slice(0, 8))}`);
  return 'no call was logged and executed (SCMP_ACT_LOG), expected logs of programs that ran under SeccompProfile.logging()';
}

function textOf(report: RecordReport, { base, denylist }: Flags, io: Io): string {
  const { bold } = styleFor(io);
  const blocks = [
    [summary(report.calls), ...byAbi(report.calls)],
    [bold('added'), ...added(report)],
    report.base && [bold(printable(`new against ${base}`)), ...judgedLines([...report.base.denied, ...report.base.unsure], 'nothing')],
    report.denylist && [bold(printable(`called, but denied by ${denylist}`)), ...judgedLines([...report.denylist.denied, ...report.denylist.unsure], 'nothing')],
    report.denylist && [bold(printable(`denied by ${denylist}, and never recorded`)), list(report.denylist.unseenDenials) || 'nothing'],
    notes(report, { base, denylist }).map(note => `note: ${note}`),
  ];
  const isHead = (index: number, line: string) => index === 0 || line.startsWith('note: ');
  const lines = blocks.filter(block => block && block.length > 0).map(block => block!.map((line, index) => isHead(index, line) ? wrap(line, 6, io.columns) : `  ${wrap(line, 4, io.columns)}`));
  return `${lines.map(block => block.join('\n')).join('\n\n')}\n`;
}

function summary(calls: readonly RecordedCall[]): string {
  const records = calls.reduce((sum, { count }) => sum + count, 0);
  return `${plural(calls.length, 'call')} in ${plural(records, 'record')}`;
}

function byAbi(calls: readonly RecordedCall[]): string[] {
  return groupBy(calls, ({ architecture }) => architecture.value).map(group =>
    `${abiWord(group[0].architecture.value)}: ${plural(group.length, 'call')} of ${programsOf(group)}`);
}

function added({ allowlist: { forRuntimes, forThreads }, calls }: RecordReport): string[] {
  return [
    ...forRuntimes.length > 0 ? [`what runc and crun need after they have loaded the filter: ${list(forRuntimes)}`] : [],
    ...forThreads.length > 0 ? ['clone, by which C libraries start threads where they do not use clone3'] : [],
    ...calls.some(({ name }) => name === 'clone3') ? [] : ['clone3 was not recorded: it fails with ENOSYS, on which C libraries fall back to clone'],
  ];
}

/** Calls with the same answer of the same programs stand together. */
function judgedLines(calls: readonly JudgedCall[], none: string): string[] {
  const groups = groupBy(calls, ({ call, decision, nodes }) => `${answerOf(decision)} ${call.architecture} ${nodes} ${call.programs.join()}`);
  const lines = groups.map(group => {
    const [{ call: { architecture }, decision, nodes }] = group;
    const where = abiWord(architecture.value) + (nodes ? ` of ${enumerate(nodes.map(String))} nodes` : '');
    return `${answerOf(decision)}: ${group.map(({ call }) => nameOf(call)).join(', ')} (${where}), by ${programsOf(group.map(({ call }) => call))}`;
  });
  return lines.length > 0 ? lines : [none];
}

function nameOf({ name, number }: RecordedCall): string {
  return name ?? `number ${number}`;
}

/** A program chooses its name, and must not write lines of its own with it. */
function programsOf(calls: readonly RecordedCall[]): string {
  const programs = [...new Set(calls.flatMap(each => each.programs))].sort();
  const shown = programs.slice(0, 8).map(program => printable(program.replace(/[\t\n\u2028\u2029]/g, '·')));
  return programs.length > 8 ? `${list(shown)} and ${programs.length - 8} more` : list(shown);
}

function notes({ base, denylist, calls, denied, unreadable, torn, unsorted, loss }: RecordReport, names: Pick<Flags, 'base' | 'denylist'>): string[] {
  const unnamed = calls.filter(({ name }) => name === undefined);
  const fallbacks = [base?.fallsBack && names.base, denylist?.fallsBack && names.denylist].filter(name => typeof name === 'string');
  const { suppressed, lost, overflows, missed } = loss;
  return [
    ...fallbacks.map(name => printable(`${name} answers clone3 with ENOSYS, on which C libraries fall back to clone`)),
    ...base?.deniesAll ? [printable(`${names.base} denies all that was recorded, as if it had run under SeccompProfile.logging of it: `) + 'then the allowlist holds only what is new, and belongs to it with merge --union'] : [],
    ...unnamed.length > 0 ? [`no profile can allow what libseccomp has no name for: ${unnamed.map(call => `${nameOf(call)} (${abiWord(call.architecture.value)})`).join(', ')}`] : [],
    ...denied.length > 0 ? [`denied when recorded, and not allowed for it: ${denied.map(call => `${nameOf(call)} (${abiWord(call.architecture.value)})`).join(', ')}`] : [],
    ...unreadable > 0 ? [`${plural(unreadable, 'record')} of calls that nobody can name, for their ABI or number is unknown`] : [],
    ...torn > 0 ? [`${plural(torn, 'record')} cut on the way to the log`] : [],
    ...unsorted > 0 ? [`${plural(unsorted, 'record')} of still other calls and programs, not looked at: give fewer logs at a time`] : [],
    ...isLossy(loss) ? [`records are missing (kept from the kernel's log ${suppressed}, lost ${lost}, over a limit ${overflows}, missed by journald ${missed}): `
      + 'what was called in them alone fails under the allowlist'] : [],
  ];
}
