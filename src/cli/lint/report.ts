import { LintFinding, LintSeverity } from '../../lint/finding';
import { FoundProfile } from '../documents/found-profile';
import { Place } from '../input/lines';

/** A finding with its place in the file. */
export interface PlacedFinding extends LintFinding {
  readonly place: Place;
}

/** What was found in one profile. */
export interface ProfileResult {
  readonly profile: FoundProfile;
  readonly findings: readonly PlacedFinding[];
}

/** What every format prints. */
export interface LintReport {
  readonly results: readonly ProfileResult[];
  /** For what it was judged: `amd64, arm64; runc 1.1.5–1.3.6; glibc 2.33–2.39, musl`. */
  readonly fleet: string;
}

export interface LintCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function countFindings(results: readonly ProfileResult[]): LintCounts {
  const findings = results.flatMap(result => result.findings);
  const count = (severity: LintSeverity) => findings.filter(finding => finding.severity === severity).length;
  return { errors: count(LintSeverity.ERROR), warnings: count(LintSeverity.WARNING), infos: count(LintSeverity.INFO) };
}

/** What of a place is on its first line. */
export function lengthOnLine({ file }: FoundProfile, { line, column, length }: Place): number {
  return Math.max(1, Math.min(length, file.lines.line(line).length - column + 1));
}
