import { CheckReport, wholePath } from './report';
import { LintSeverity } from '../../lint/finding';
import { ManifestFinding } from '../../manifests/checker';
import { resourceWords } from '../../manifests/resource';
import { groupBy } from '../../private/text';
import { Io } from '../io';
import { countBySeverity } from '../outcome';
import { plural, printable, Style, styleFor, wrap } from '../style';

const WORDS: Readonly<Record<string, string>> = { [LintSeverity.ERROR]: 'error', [LintSeverity.WARNING]: 'warn', [LintSeverity.INFO]: 'info' };

/** For people: by file, then by resource. */
export function formatCheckText({ findings, workloads }: CheckReport, io: Io): string {
  const style = styleFor(io);
  const blocks = groupBy(findings, ({ file }) => file!).map(group => fileBlock(group, style, io.columns));
  return [...blocks, summary(findings, workloads)].join('\n');
}

function fileBlock(findings: readonly ManifestFinding[], style: Style, columns?: number): string {
  const width = Math.max(...findings.map(({ rule }) => rule.length));
  const resources = groupBy(findings, ({ resource }) => resourceWords(resource));
  const lines = resources.flatMap(group => [`  ${printable(resourceWords(group[0].resource))}`, ...resourceLines(group, width, style, columns)]);
  return [style.bold(printable(findings[0].file!)), ...lines, ''].join('\n');
}

/** What is the same of several profiles of a resource, such as the documents for each kind of node, is said once. */
function resourceLines(all: readonly ManifestFinding[], ruleWidth: number, style: Style, columns?: number): string[] {
  const groups = groupBy(all, ({ rule, message, profilePath, path }) => JSON.stringify([rule, message, profilePath ?? { path }]));
  const findings = groups.map(([first]) => first);
  const positions = findings.map(({ line, column }) => `${line}:${column}`);
  const width = Math.max(...positions.map(({ length }) => length));
  return findings.flatMap((finding, index) => {
    const { severity, rule, fix } = finding;
    const colour = severity === LintSeverity.ERROR ? style.red : severity === LintSeverity.WARNING ? style.yellow : style.blue;
    const more = groups[index].length > 1 ? ` (and ${groups[index].length - 1} more)` : '';
    const message = printable(`${finding.profilePath === undefined ? '' : `${wholePath(finding)}${more}: `}${finding.message}`);
    const begin = `    ${positions[index].padEnd(width)}  ${colour(WORDS[severity].padEnd(5))}  `;
    const indentation = width + 13;
    return [
      `${begin}${rule.padEnd(ruleWidth)}  ${wrap(message, indentation + ruleWidth + 2, columns)}`,
      `${' '.repeat(indentation)}fix: ${wrap(printable(fix), indentation + 5, columns)}`,
    ];
  });
}

function summary(findings: readonly ManifestFinding[], workloads: number): string {
  const { errors, warnings, infos } = countBySeverity(findings);
  const parts = ([[errors, 'error'], [warnings, 'warning'], [infos, 'info']] as const).filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
  const line = `${[plural(workloads, 'workload'), ...parts.length > 0 ? parts : ['nothing found']].join(', ')}\n`;
  const worst = Object.keys(WORDS).map(severity => findings.find(finding => finding.severity === severity)).find(Boolean);
  return worst ? `${line}run \`cdk8s-seccomp rules ${worst.rule}\` for the reason\n` : line;
}
