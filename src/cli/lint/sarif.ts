import { isAbsolute } from 'path';
import { pathToFileURL } from 'url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { lengthOnLine, LintReport, PlacedFinding, ProfileResult } from './report';
import { LintSeverity } from '../../lint/finding';
import { RULES } from '../../lint/rules';
import type { RuleTexts } from '../../manifests/rule';

export const LEVELS = { [LintSeverity.ERROR]: 'error', [LintSeverity.WARNING]: 'warning', [LintSeverity.INFO]: 'note', [LintSeverity.OFF]: 'none' } as const;

/** Prints SARIF for code scanning. */
export function formatSarif({ results }: LintReport): string {
  return sarifLog(RULES, results.flatMap(result => result.findings.map(finding => sarifResult(finding, result))));
}

/**
 * Prints a log with the results and with the rules that they name.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(known: readonly RuleTexts[], found: readonly Omit<Result, 'ruleIndex'>[]): string {
  const rules = known.filter(({ id }) => found.some(({ ruleId }) => ruleId === id));
  const results: Result[] = found.map(result => ({ ...result, ruleIndex: rules.findIndex(({ id }) => id === result.ruleId) }));
  const { name, version, homepage } = require('../../../package.json') as { name: string; version: string; homepage?: string };
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name, version, informationUri: homepage, rules: rules.map(descriptor) } },
      columnKind: 'utf16CodeUnits',
      results,
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor({ id, severity, summary, why, fix, source }: RuleTexts): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why}\n\nFix: ${fix}\n\nSource: ${source}` },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function sarifResult({ rule, severity, message, fix, path, place }: PlacedFinding, { profile }: ProfileResult): Result {
  const { line, column } = place;
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: `${message}\nfix: ${fix}` },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: artifactUri(profile.file.name) },
        region: { startLine: line, startColumn: column, endColumn: column + lengthOnLine(profile, place) },
      },
      logicalLocations: [{ fullyQualifiedName: [profile.resource, path].filter(Boolean).join(' ') || 'profile' }],
    }],
  };
}

/** Returns the URI of a file. A relative path stays relative, so that code scanning finds the file in the repository. */
export function artifactUri(name: string): string {
  return isAbsolute(name) ? pathToFileURL(name).href : name.replace(/\\/g, '/').split('/').map(encodeURIComponent).join('/');
}
