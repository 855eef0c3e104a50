import { ManifestFinding } from '../../manifests/checker';

/** The content of the report about manifests, which each format prints. */
export interface CheckReport {
  /** Findings in the order of the files and of their places. */
  readonly findings: readonly ManifestFinding[];
  /** Number of resources that are pods or make pods. */
  readonly workloads: number;
}

/** Returns the path of a finding, with the path inside the profile if it is about one. */
export function wholePath({ path, profilePath }: ManifestFinding): string {
  return profilePath ? `${path} at ${profilePath}` : path;
}

/** Sorts findings by file, in the order of the first findings, and by place. */
export function inOrder(findings: readonly ManifestFinding[]): ManifestFinding[] {
  const files = [...new Set(findings.map(({ file }) => file))];
  const ranks = new Map(files.map((file, rank) => [file, rank]));
  return [...findings].sort((one, other) => ranks.get(one.file)! - ranks.get(other.file)! || (one.line ?? 0) - (other.line ?? 0)
    || (one.column ?? 0) - (other.column ?? 0) || (one.rule === other.rule ? compare(one.message, other.message) : compare(one.rule, other.rule)));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
