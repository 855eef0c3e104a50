import { actionOf, AdvisedCount, AuditReport, changesOf, NamedChange, recordsOf, timesOf } from './report';
import { enumerate, groupBy } from '../../private/text';
import { SeccompAction } from '../../profile/document/action';
import { Decision, DecidedBy, DecisionKind } from '../../profile/filter/decision';
import { abiWord } from '../../syscalls/abis';
import { AuditAdvice, Agreement } from '../../troubleshooting/audit/advice';
import { AuditLoss, isLossy } from '../../troubleshooting/audit/loss';
import { AuditedCall } from '../../troubleshooting/audit/record';
import { formatAnswer } from '../answer-text';
import { FoundProfile } from '../documents/found-profile';
import { Io } from '../io';
import { plural, printable, styleFor, table, wrap } from '../style';

const SILENCE = 'no record does not mean no denial: SCMP_ACT_ERRNO is recorded only with the flag SECCOMP_FILTER_FLAG_LOG (runc 1.2 and later), '
  + 'and only if kernel.seccomp.actions_logged names errno';
const LOG_FLAG = 'SECCOMP_FILTER_FLAG_LOG';

/** Prints the report for people. */
export function formatAuditText(report: AuditReport, io: Io): string {
  const { counts, found } = report;
  const { bold } = styleFor(io);
  const blocks = [
    summary(report),
    ...counts.length > 0 ? [countTable(counts)] : [],
    ...found && counts.length > 0 ? [`${bold(`answers of ${printable(found.file.name)}`)}\n${answerBlocks(counts, found, io)}`] : [],
    ...found ? changeBlock(changesOf(report), bold) : [],
    ...notes(report).length > 0 ? [notes(report).map(note => `note: ${wrap(note, 6, io.columns)}`).join('\n')] : [],
  ];
  return `${blocks.join('\n\n')}\n`;
}

function summary(report: AuditReport): string {
  const { records, denied, logged } = recordsOf(report);
  if (records === 0) return 'no seccomp records';
  const { first, last } = timesOf(report);
  const when = first === undefined ? '' : first === last ? ` of ${first}` : ` from ${first} to ${last}`;
  return `${plural(records, 'seccomp record')}${when}: ${denied} denied, ${logged} only logged`;
}

function countTable(counts: readonly AdvisedCount[]): string {
  const width = String(counts[0].count).length;
  const rows = counts.map(({ count, call }) => [`  ${String(count).padStart(Math.max(5, width))}`, formatCall(call), formatRecordedAction(call), formatProgram(call)]);
  return table([['  count', 'call', 'answer', 'program'], ...rows]);
}

/** `clone3 (435 on X86_64)`. */
function formatCall(call: AuditedCall): string {
  const { name, number, written } = call;
  const where = formatAbiOf(call);
  return name === undefined ? printable(`${number ?? written.syscall} on ${where}`) : `${name} (${number} on ${where})`;
}

function formatAbiOf({ architecture, written: { arch } }: AuditedCall): string {
  if (architecture) return abiWord(architecture.value);
  return arch === undefined ? 'an unknown ABI' : printable(`arch ${arch}`);
}

function formatProgram({ comm, exe }: AuditedCall): string {
  if (comm === undefined) return onOneLine(exe ?? '?');
  return onOneLine(exe === undefined || exe.endsWith(`/${comm}`) ? exe ?? comm : `${exe} (${comm})`);
}

/** Puts a name on one line: a program chooses its name, and must not forge lines with it. */
function onOneLine(text: string): string {
  return printable(text.replace(/[\t\n\u2028\u2029]/g, '·'));
}

/** Groups calls that get the same answer for the same reason. */
function answerBlocks(counts: readonly AdvisedCount[], found: FoundProfile, io: Io): string {
  const blocks = new Map<string, AdvisedCount[]>();
  for (const count of counts) {
    const head = count.advice ? answerHead(count.call, count.advice, found, io) : '  unknown calls, without an answer';
    blocks.set(head, [...blocks.get(head) ?? [], count]);
  }
  return [...blocks].map(([head, group]) => `${head}\n    ${wrap(callsOf(group), 4, io.columns)}`).join('\n');
}

function answerHead(call: AuditedCall, { decision, agreement, nodes }: AuditAdvice, found: FoundProfile, io: Io): string {
  const recorded = {
    [Agreement.YES]: 'as recorded',
    [Agreement.NO]: `but ${formatRecordedAction(call)} was recorded: another profile or filter gave that answer`,
    [Agreement.MAYBE]: `${formatRecordedAction(call)} was recorded`,
  };
  const text = `${formatAnswer(decision)}${nodes ? ` on ${enumerate(nodes.map(String))} nodes` : ''}, ${recorded[agreement]}; ${printable(causeOf(decision, found))}`;
  return `  ${wrap(text, 4, io.columns)}`;
}

/** Returns the place of the rule, such as `syscalls[0] at profile.json:3:5`, or else a reason. */
function causeOf({ kind, decidedBy, path, reason }: Decision, found: FoundProfile): string {
  if (kind !== DecisionKind.ACTION || path === undefined) return decidedBy === DecidedBy.ENOSYS_STUB ? 'the runtime gives this answer to calls newer than every call in the profile' : reason;
  const rule = path.replace(/\.names\[\d+\]$/, '');
  const { line, column } = found.place(rule);
  return `${rule} at ${found.file.name}:${line}:${column}`;
}

/** `clone3, mount (X86_64); socketcall (X86)`. */
function callsOf(counts: readonly AdvisedCount[]): string {
  const byAbi = new Map<string, Set<string>>();
  for (const { call } of counts) {
    const abi = formatAbiOf(call);
    byAbi.set(abi, (byAbi.get(abi) ?? new Set()).add(call.name ?? `number ${call.number ?? call.written.syscall}`));
  }
  return [...byAbi].map(([abi, names]) => printable(`${[...names].join(', ')} (${abi})`)).join('; ');
}

function formatRecordedAction(call: AuditedCall): string {
  return actionOf(call).replace('SCMP_ACT_', '');
}

function changeBlock(changes: readonly NamedChange[], bold: (text: string) => string): string[] {
  if (changes.length === 0) return [];
  return [[bold('changes that allow these calls, if the programs need them'), ...changes.map(change => `  ${formatChange(change)}`)].join('\n')];
}

function formatChange({ from, to, rule, names }: NamedChange): string {
  const calls = names.join(', ');
  const added = rule && `add ${JSON.stringify({ names, ...rule }).replace(/([:,{])(?=["\d[{])/g, '$1 ').replace(/\}$/, ' }')}`;
  const hint = rule?.errnoRet === undefined ? '' : ', so that C libraries fall back to clone';
  if (added) return `${from ? `remove ${calls} from ${from} and ` : ''}${added}${hint}`;
  if (from && to) return `move from ${from} to ${to}: ${calls}`;
  return from ? `remove from ${from}: ${calls}` : `add to ${to}: ${calls}`;
}

function notes({ counts, truncated, uncounted, loss, found, flags = [] }: AuditReport): string[] {
  const refusal = counts.find(({ advice }) => advice?.refusal)?.advice!.refusal;
  const isQuiet = !counts.some(({ call }) => call.action?.value === 'SCMP_ACT_ERRNO');
  return [
    ...refusal ? [printable(`no container starts with ${found!.file.name}: ${refusal}`)] : [],
    ...isQuiet ? [SILENCE] : [],
    ...isQuiet && found && !flags.includes(LOG_FLAG) ? [`${printable(found.file.name)} does not name ${LOG_FLAG}`] : [],
    ...found ? [] : missingAbiNotes(counts),
    ...truncated > 0 ? [`${plural(truncated, 'record')} truncated on the way to the log, not counted`] : [],
    ...uncounted > 0 ? [`${plural(uncounted, 'record')} of further calls and programs, counted but not listed`] : [],
    ...lossNotes(loss),
  ];
}

/** A filter without an ABI kills programs of that ABI at their first call; allowing the call would not help. */
function missingAbiNotes(counts: readonly AdvisedCount[]): string[] {
  const killed = counts.filter(({ call: { isCompat, action, architecture } }) => isCompat && architecture && action === SeccompAction.KILL_THREAD);
  return groupBy(killed, ({ call }) => call.architecture!.value).map(([{ call: { architecture } }]) =>
    `KILL_THREAD also ends programs of ${abiWord(architecture!.value)} at their first call if the profile's architectures lack ${architecture}: check that before you allow a call`);
}

function lossNotes(loss: AuditLoss): string[] {
  const { suppressed, lost, overflows, missed, actionsLogged } = loss;
  const texts = [
    [suppressed, `the kernel left ${plural(suppressed, 'audit message')} out of its log because too many came at once (auditd gets all of them)`],
    [lost, `the kernel has lost ${plural(lost, 'audit record')} since it started`],
    [overflows, `the audit system exceeded a limit ${overflows === 1 ? 'once' : `${overflows} times`} (rate or backlog)`],
    [missed, `journald missed ${plural(missed, 'kernel message')}`],
  ] as const;
  return [
    ...texts.filter(([count]) => count > 0).map(([, text]) => text),
    ...isLossy(loss) ? ['counts are lower bounds'] : [],
    ...actionsLogged === undefined ? [] : [`kernel.seccomp.actions_logged was set to: ${actionsLogged.replaceAll(',', ' ')}`],
  ];
}
