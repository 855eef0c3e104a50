import { LintFinding } from '../../lint/finding';
import { FoundProfile } from '../documents/found-profile';
import { Place } from '../input/lines';
import { countBySeverity, SeverityCounts } from '../outcome';

/** A finding with its place in the file. */
export interface PlacedFinding extends LintFinding {
  readonly place: Place;
}

/** The findings in one profile. */
export interface ProfileResult {
  readonly profile: FoundProfile;
  readonly findings: readonly PlacedFinding[];
}

/** The content of the report, which each format prints. */
export interface LintReport {
  readonly results: readonly ProfileResult[];
  /** Nodes, runtimes and C libraries of the judgement: `amd64, arm64; runc 1.1.5–1.3.6; glibc 2.33–2.39, musl`. */
  readonly fleet: string;
}

export function countFindings(results: readonly ProfileResult[]): SeverityCounts {
  return countBySeverity(results.flatMap(({ findings }) => findings));
}

/** Returns the number of characters of a place that are on its first line. */
export function lengthOnLine({ file }: FoundProfile, { line, column, length }: Place): number {
  return Math.max(1, Math.min(length, file.lines.line(line).length - column + 1));
}
