import { CheckReport } from './report';
import { countBySeverity } from '../outcome';

/** For programs: every finding with its resource and place, and how many there are. */
export function formatCheckJson({ findings, workloads }: CheckReport): string {
  const printed = findings.map(({ file, resource, rule, severity, message, path, profilePath, line, column, length, why, fix }) => (
    { file, resource, rule, severity, message, path, profilePath, line, column, length, why, fix }));
  return `${JSON.stringify({ findings: printed, workloads, ...countBySeverity(findings) }, undefined, 2)}\n`;
}
