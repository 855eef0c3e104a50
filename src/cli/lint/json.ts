import { countFindings, LintReport } from './report';

/** Prints every finding with its place, and the counts, for programs. */
export function formatJson({ results, fleet }: LintReport): string {
  const profiles = results.map(({ profile, findings }) => ({
    file: profile.file.name,
    resource: profile.resource,
    findings: findings.map(({ place, rule, severity, message, path, why, fix, fixable }) => (
      { rule, severity, message, path, ...place, why, fix, fixable })),
  }));
  return `${JSON.stringify({ profiles, ...countFindings(results), targets: fleet }, undefined, 2)}\n`;
}
