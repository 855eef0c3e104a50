import { LintFinding, LintSeverity } from '../lint/finding';
import { LintOptions, ProfileLinter } from '../lint/profile-linter';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { SeccompProfile } from '../profile/seccomp-profile';

/** Errors and warnings about distributed profiles, in the order of their paths. */
export interface LintResult {
  readonly errors: string[];
  readonly warnings: string[];
}

interface Found {
  readonly finding: LintFinding;
  readonly nodes: NodeArchitecture[];
}

/** Returns the part of a profile that a node kind gets. */
export type DocumentOf = (profile: SeccompProfile, node: NodeArchitecture) => SeccompProfile;

/** Lints each profile as the nodes get it: one document per node kind, unless `documentOf` returns another. */
export function lintDistributed(
  profiles: Iterable<[string, SeccompProfile]>, options: LintOptions = {}, documentOf: DocumentOf = (profile, node) => profile.forNode(node),
): LintResult {
  const result: LintResult = { errors: [], warnings: [] };
  for (const [path, profile] of profiles) {
    const nodes = profile.nodes.filter(node => options.targets?.nodes?.includes(node) ?? true);
    for (const { finding, nodes: affected } of findings(profile, nodes, options, documentOf)) {
      const where = affected.length === nodes.length ? '' : ` (${affected.join(', ')})`;
      const text = `${path}${where}: ${finding.message}`;
      if (finding.severity === LintSeverity.ERROR) result.errors.push(`${text} (${finding.rule}): ${finding.fix}`);
      if (finding.severity === LintSeverity.WARNING) result.warnings.push(`${text} (${finding.rule})`);
    }
  }
  return result;
}

/** Returns each finding once, with the message for the first node kind and the list of all node kinds that it concerns. */
function findings(profile: SeccompProfile, nodes: readonly NodeArchitecture[], options: LintOptions, documentOf: DocumentOf): Found[] {
  const found = new Map<string, Found>();
  for (const node of nodes) {
    const linter = new ProfileLinter({ ...options, targets: { ...options.targets, nodes: [node] } });
    const own = new Map<string, number>();
    for (const finding of linter.lint(documentOf(profile, node))) {
      const place = `${finding.rule} ${finding.path}`;
      own.set(place, (own.get(place) ?? 0) + 1);
      const key = `${place} ${own.get(place)}`;
      if (found.has(key)) found.get(key)!.nodes.push(node);
      else found.set(key, { finding, nodes: [node] });
    }
  }
  return [...found.values()];
}
