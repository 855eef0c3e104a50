import { LintSeverity } from '../../lint/finding';
import { FoundProfile } from '../documents/found-profile';
import { Place } from '../input/lines';
import { Io } from '../io';
import { countFindings, lengthOnLine, LintReport, PlacedFinding, ProfileResult } from './report';
import { SEVERITY_LABELS } from '../outcome';
import { plural, printable, Style, styleFor, wrap } from '../style';

const EXCERPT = 120;
const BEFORE = 40;

/** Prints the findings for people. */
export function formatText({ results, fleet }: LintReport, io: Io): string {
  const style = styleFor(io);
  const blocks = results.filter(({ findings }) => findings.length > 0).map(result => profileBlock(result, style, io.columns));
  return [...blocks, summary(results, fleet)].join('\n');
}

function profileBlock({ profile, findings }: ProfileResult, style: Style, columns?: number): string {
  const header = style.bold(printable(profile.file.name)) + (profile.resource ? `  ${printable(profile.resource)}` : '');
  const positions = findings.map(({ place }) => `${place.line}:${place.column}`);
  const widths = { position: Math.max(...positions.map(({ length }) => length)), rule: Math.max(...findings.map(({ rule }) => rule.length)) };
  return [header, ...findings.map((finding, index) => findingBlock(finding, positions[index], widths, profile, style, columns)), ''].join('\n');
}

function findingBlock(
  { severity, rule, message, fix, place }: PlacedFinding, position: string, widths: { position: number; rule: number }, profile: FoundProfile,
  style: Style, columns?: number,
): string {
  const colour = severity === LintSeverity.ERROR ? style.red : severity === LintSeverity.WARNING ? style.yellow : style.blue;
  const indentation = widths.position + widths.rule + 13;
  const head = `  ${position.padEnd(widths.position)}  ${colour(SEVERITY_LABELS[severity].padEnd(5))}  ${rule.padEnd(widths.rule)}  ${wrap(printable(message), indentation, columns)}`;
  const gutter = ' '.repeat(Math.max(0, 10 - String(place.line).length));
  const source = severity === LintSeverity.INFO ? [] : excerpt(profile, place).map((line, index) =>
    `${style.dim(`${gutter}${index === 0 ? place.line : ' '.repeat(String(place.line).length)} |`)} ${index === 0 ? line : colour(line)}`);
  return [head, ...source, `          fix: ${wrap(printable(fix), 15, columns)}`].join('\n');
}

/** Returns the line and a marker under a part of it. */
function excerpt(profile: FoundProfile, place: Place): string[] {
  const line = printable(profile.file.lines.line(place.line));
  const length = lengthOnLine(profile, place);
  const begin = line.length > EXCERPT ? Math.max(0, place.column - 1 - BEFORE) : 0;
  const shown = line.slice(begin, begin + EXCERPT);
  const text = `${begin > 0 ? '…' : ''}${shown}${begin + shown.length < line.length ? '…' : ''}`;
  const before = text.slice(0, place.column - 1 - begin + (begin > 0 ? 1 : 0)).replace(/[^\t]/g, ' ');
  return [text, before + '^'.repeat(Math.min(length, EXCERPT - BEFORE))];
}

function summary(results: readonly ProfileResult[], fleet: string): string {
  const { errors, warnings, infos } = countFindings(results);
  const parts = [[errors, 'error'], [warnings, 'warning'], [infos, 'info']] as const;
  const counts = parts.filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun)).join(', ') || 'nothing found';
  const scope = results.length > 1 ? ` in ${results.length} profiles` : '';
  const findings = results.flatMap(result => result.findings);
  const fixable = findings.filter(finding => finding.fixable).length;
  const line = `${counts}${scope}${fleet && ` (${fleet})`}${fixable > 0 ? `; --fix makes ${fixable} of the fixes` : ''}\n`;
  const worst = Object.keys(SEVERITY_LABELS).map(severity => findings.find(finding => finding.severity === severity)).find(Boolean);
  return worst ? `${line}run \`cdk8s-seccomp rules ${worst.rule}\` for the reason\n` : line;
}
