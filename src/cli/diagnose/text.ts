import { DiagnoseReport, ReportedFinding } from './report';
import { enumerate } from '../../private/text';
import { abiWord } from '../../syscalls/abis';
import { JudgedCause } from '../../troubleshooting/diagnosis/evidence';
import { ProfileAnswer } from '../../troubleshooting/diagnosis/profile';
import { LogPlace } from '../../troubleshooting/diagnosis/sighting';
import { Confidence } from '../../troubleshooting/diagnosis/symptom';
import { FoundProfile } from '../documents/found-profile';
import { Io } from '../io';
import { plural, printable, Style, styleFor, wrap } from '../style';
import { answerOf } from '../words';

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four'];
const NOTHING = `Looked for threads and processes that do not start, profiles that are missing or do not load, containers that seccomp killed, calls that fail with
"Operation not permitted", refusals of the API server, audit records, and lines of the installer and the thread probe (docs/symptoms.md). Give it more of what
is at hand: kubectl describe pod, kubectl logs --previous, dmesg of the node.
`;

/** For people. */
export function formatDiagnoseText({ findings, lines, found }: DiagnoseReport, io: Io): string {
  if (findings.length === 0) return `nothing recognised in ${plural(lines, 'line')}\n${NOTHING}`;
  const style = styleFor(io);
  const isOneFile = new Set(findings.flatMap(({ first, last }) => [first.file, last.file])).size === 1;
  const printed = new Map<string, string>();
  return findings.map(finding => findingBlock(finding, { style, found, columns: io.columns, isOneFile, printed })).join('\n');
}

interface Context {
  readonly style: Style;
  readonly found?: FoundProfile;
  readonly columns?: number;
  readonly isOneFile: boolean;
  /** Blocks, and the symptom with which they stand: nobody reads them twice. */
  readonly printed: Map<string, string>;
}

function findingBlock(finding: ReportedFinding, context: Context): string {
  const { symptom, text, subjects, otherSubjects, causes } = finding;
  const { style, columns } = context;
  const line = (label: string, value: string, depth = 2) => `${' '.repeat(depth)}${label}${wrap(value, depth + label.length, columns)}`;
  return [
    `${style.bold(printable(text))}   ${style.dim(`(${places(finding, context)})`)}`,
    line(`${symptom.id}: `, symptom.summary),
    ...subjects.map(subject => `    ${printable(subject)}`),
    ...otherSubjects > 0 ? [`    and ${plural(otherSubjects, 'line')} about others`] : [],
    '',
    `  ${headline(causes)}`,
    ...causes.flatMap((cause, index) => causeLines(cause, index, causes.length, context)),
    ...profileLines(finding, context),
    '',
    ...once(checkLines(symptom.check, columns), symptom.id, '  check: ', context),
    line('source: ', symptom.source),
    '',
  ].join('\n');
}

function places({ count, first, last }: ReportedFinding, { isOneFile }: Context): string {
  const place = ({ file, line }: LogPlace) => isOneFile ? `line ${line}` : `${printable(file)}:${line}`;
  return count === 1 ? place(first) : `${place(first)}, ${count} times, last ${place(last)}`;
}

function headline(causes: readonly JudgedCause[]): string {
  const isDecided = causes.length === 1 || causes[0].confidence !== Confidence.POSSIBLE;
  if (causes.length === 1) return 'One cause:';
  return `${NUMBERS[causes.length] ?? causes.length} causes print this text${isDecided ? ', the likeliest first' : ', and it does not say which'}:`;
}

function causeLines({ confidence, cause, remedy, evidence }: JudgedCause, index: number, count: number, context: Context): string[] {
  const { style, columns } = context;
  const label = count > 1 ? `  ${index + 1}. ${confidence}: ` : `  ${confidence}: `;
  const depth = count > 1 ? 5 : 2;
  const colour = confidence === Confidence.CERTAIN ? style.red : confidence === Confidence.LIKELY ? style.yellow : style.blue;
  const where = evidence && (context.isOneFile ? `line ${evidence.place.line}` : `${printable(evidence.place.file)}:${evidence.place.line}`);
  const says = evidence ? ` (so says ${where}: ${evidence.symptom})` : '';
  return [
    `${label.replace(confidence, colour(confidence))}${wrap(cause + says, label.length, columns)}`,
    `${' '.repeat(depth)}remedy: ${wrap(remedy, depth + 8, columns)}`,
  ];
}

function checkLines(check: string, columns?: number): string[] {
  const [first, ...others] = check.split('\n');
  return [`  check: ${wrap(first, 9, columns)}`, ...others.map(line => `    ${line}`)];
}

function once(lines: readonly string[], id: string, label: string, { printed }: Context): readonly string[] {
  const text = lines.join('\n');
  const before = printed.get(text);
  if (before !== undefined) return [`${label}as for ${before}`];
  printed.set(text, id);
  return lines;
}

function profileLines({ symptom, verdict }: ReportedFinding, context: Context): string[] {
  const { found, columns } = context;
  if (!verdict || !found) return [];
  const { answers, refusal, threadFailures } = verdict;
  const label = `  ${printable(found.file.name)} says: `;
  const isFine = threadFailures?.length === 0;
  const clear = refusal === undefined ? 'if the program ran under it, seccomp is not the cause' : 'no program ran under it as it is';
  const lines = [
    label.trimEnd(),
    ...refusal === undefined ? [] : [`    ${wrap(`no container starts with it as it is: ${refusal}; what follows is about each node's own part of it`, 4, columns)}`],
    ...answers.map(answer => `    ${answerLine(answer, found)}`),
    ...threadFailures?.map(reason => `    threads: ${wrap(reason, 13, columns)}`) ?? [],
    ...isFine ? [`    ${wrap(`threads: start under it with glibc and musl; ${clear}`, 13, columns)}`] : [],
  ];
  return ['', ...once(lines, symptom.id, label, context)];
}

function answerLine({ call, architecture, decision, nodes }: ProfileAnswer, { file, place }: FoundProfile): string {
  const answer = `${call} on ${abiWord(architecture.value)}${nodes ? ` of ${enumerate(nodes.map(String))} nodes` : ''}: ${answerOf(decision)}`;
  if (decision.rule === undefined || decision.path === undefined) return `${answer}, ${decision.reason}`;
  const { line, column } = place(decision.path);
  return `${answer}, ${decision.path} at ${printable(file.name)}:${line}:${column}`;
}
