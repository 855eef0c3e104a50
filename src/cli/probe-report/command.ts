import { Command } from 'commander';
import { InputError } from '../../private/errors';
import { ProbeGroup, ProbeReport, ProbeTally } from '../../troubleshooting/probe/report';
import { logLines } from '../input/log-lines';
import { STDIN } from '../input/text-file';
import { Io, Status } from '../io';
import { formatOption } from '../outcome';
import { plural, printable, Style, styleFor, wrap } from '../style';

const NODES_SHOWN = 8;
const VERSIONS_SHOWN = 3;

const HELP = `
Other lines are skipped. If a node and mode appear more than once, the newest line counts. kubectl needs --ignore-errors to continue after a container
that has not started.

Examples:
  kubectl logs -l app.kubernetes.io/name=thread-probe --prefix --all-containers --ignore-errors | cdk8s-seccomp probe-report
  cdk8s-seccomp probe-report --format json probe.log

Exit status: 0 threads start everywhere, 1 on some node they do not or the result is unknown, 2 wrong usage, or no line of a probe.
`;

export function probeReport(command: Command, io: Io): (name: string, flags: { readonly format: string }) => Status {
  command
    .description('Summarise the output of a ThreadProbe: the nodes on which threads do not start, the reason, and the fix.')
    .argument('[file]', 'logs of the probe; - is standard input', '-')
    .addOption(formatOption({ text: true, json: true }))
    .addHelpText('after', HELP);
  return (name, { format }) => {
    const report = read(name, io);
    io.stdout(format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : formatted(report, io));
    return report.brokenLines > 0 || report.groups.some(({ isProblem }) => isProblem) ? Status.FINDINGS : Status.CLEAN;
  };
}

function read(name: string, io: Io): ProbeReport {
  const tally = new ProbeTally();
  for (const line of logLines(name, io)) tally.add(line);
  const report = tally.report();
  if (report.nodes > 0 || report.groups.length > 0 || report.brokenLines > 0) return report;
  throw new InputError('holds no line of a thread probe, expected the output of kubectl logs -l app.kubernetes.io/name=thread-probe --all-containers', {
    file: name === '-' ? STDIN : name,
  });
}

function formatted({ nodes, working, groups, brokenLines }: ProbeReport, io: Io): string {
  const style = styleFor(io);
  const counts = [working, brokenLines, ...groups.map(group => group.nodes.length)];
  const width = Math.max(...counts.map(count => String(count).length));
  const row = (count: number, text: string) => `  ${String(count).padStart(width)}  ${text}\n`;
  const block = (group: ProbeGroup) => row(group.nodes.length, headline(group, style)) + remedy(group, width + 4, io.columns);
  const notes = groups.filter(({ isProblem }) => !isProblem);
  return [
    `${style.bold(plural(nodes, 'node'))}\n`,
    ...working > 0 ? [row(working, 'every mode works')] : [],
    ...groups.filter(({ isProblem }) => isProblem).map(block),
    ...brokenLines > 0 ? [row(brokenLines, `${brokenLines === 1 ? 'line is' : 'lines are'} truncated, so the result is unknown`)] : [],
    ...notes.length > 0 ? ['notes\n', ...notes.map(block)] : [],
  ].join('');
}

function headline({ says, nodes, libcs, kernels, isProblem }: ProbeGroup, style: Style): string {
  const versions = [some(libcs, VERSIONS_SHOWN, ', '), ...kernels.length > 0 ? [`kernel ${some(kernels, VERSIONS_SHOWN, ', ')}`] : []].filter(text => text);
  const colour = isProblem ? style.red : style.yellow;
  return [colour(printable(says)), printable(some(nodes, NODES_SHOWN, ' ')), style.dim(printable(versions.join(', ')))].filter(text => text).join('    ');
}

function remedy(group: ProbeGroup, indentation: number, columns?: number): string {
  return `${' '.repeat(indentation)}remedy: ${wrap(printable(group.remedy), indentation + 8, columns)}\n`;
}

function some(texts: readonly string[], most: number, separator: string): string {
  const shown = texts.slice(0, most).join(separator);
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}
