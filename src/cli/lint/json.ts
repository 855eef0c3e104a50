import { countFindings, LintReport } from './report';

/** For programs: every finding with its place, and how many there are. */
export function formatJson({ results, fleet }: LintReport): string {
  const profiles = results.map(({ profile, findings }) => ({
    file: profile.file.name,
    resource: profile.resource,
    findings: findings.map(({ place, rule, severity, message, path, why, fix, fixable }) => (
      { rule, severity, message, path, ...place, why, fix, fixable })),
  }));
  return `${JSON.stringify({ profiles, ...countFindings(results), targets: fleet }, undefined, 2)}\n`;
}
