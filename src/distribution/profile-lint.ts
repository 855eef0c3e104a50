import { LintFinding, LintSeverity } from '../lint/finding';
import { LintOptions, ProfileLinter } from '../lint/profile-linter';
import { groupBy } from '../private/text';
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

/** Returns each finding once, with all node kinds that it is true for; its severity is that of the worst of them. */
function findings(profile: SeccompProfile, nodes: readonly NodeArchitecture[], options: LintOptions, documentOf: DocumentOf): Found[] {
  const found = nodes.flatMap(node => {
    const linter = new ProfileLinter({ ...options, targets: { ...options.targets, nodes: [node] } });
    return linter.lint(documentOf(profile, node)).map(finding => ({ finding, node }));
  });
  return groupBy(found, ({ finding: { rule, path, message, fix } }) => [rule, path, message, fix].join('\n')).map(group => ({
    finding: group.map(({ finding }) => finding).reduce((worst, each) => rankOf(each) < rankOf(worst) ? each : worst),
    nodes: [...new Set(group.map(({ node }) => node))],
  }));
}

const WORST_FIRST = [LintSeverity.ERROR, LintSeverity.WARNING, LintSeverity.INFO];
const rankOf = ({ severity }: LintFinding) => WORST_FIRST.indexOf(severity);
