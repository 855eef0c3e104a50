import { CheckReport } from './report';
import { countBySeverity } from '../outcome';

/** Prints every finding with its resource and place, and the counts, for programs. */
export function formatCheckJson({ findings, workloads }: CheckReport): string {
  const printed = findings.map(({ file, resource, rule, severity, message, path, profilePath, line, column, length, why, fix }) => (
    { file, resource, rule, severity, message, path, profilePath, line, column, length, why, fix }));
  return `${JSON.stringify({ findings: printed, workloads, ...countBySeverity(findings) }, undefined, 2)}\n`;
}
