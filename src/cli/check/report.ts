import { ManifestFinding } from '../../manifests/checker';

/** What every format prints of manifests. */
export interface CheckReport {
  /** In the order of the files, and of the places in them. */
  readonly findings: readonly ManifestFinding[];
  /** Resources that are pods, or make some. */
  readonly workloads: number;
}

/** A finding as `kubectl` users point at it: with the path inside of a profile, if it is about one. */
export function wholePath({ path, profilePath }: ManifestFinding): string {
  return profilePath ? `${path} at ${profilePath}` : path;
}

/** In the order of the files, and of the places in them. */
export function inOrder(findings: readonly ManifestFinding[]): ManifestFinding[] {
  const files = [...new Set(findings.map(({ file }) => file))];
  const ranks = new Map(files.map((file, rank) => [file, rank]));
  return [...findings].sort((one, other) => ranks.get(one.file)! - ranks.get(other.file)! || (one.line ?? 0) - (other.line ?? 0)
    || (one.column ?? 0) - (other.column ?? 0) || (one.rule === other.rule ? compare(one.message, other.message) : compare(one.rule, other.rule)));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
