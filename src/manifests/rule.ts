import { ManifestResource } from './resource';
import { RuntimeDefault } from './runtime-default';
import { ManifestSet } from './set';
import { LintFinding, LintSeverity } from '../lint/finding';
import { LintRule } from '../lint/rule';

/** What the command and the docs say about a rule, whatever it looks at. */
export type RuleTexts = Pick<LintRule, 'id' | 'severity' | 'summary' | 'why' | 'fix' | 'source'>;

/** What a rule has to say about one place of a resource. */
export interface ManifestReport {
  readonly message: string;
  /** What leads to the place. */
  readonly keys: readonly string[];
  /** What to do in this case, where the rule's own words are too general. */
  readonly fix?: string;
  /** Where this case is not as bad as the rule's others, or worse. */
  readonly severity?: LintSeverity;
  /** What lint found in the profile at the place, where that is what is passed on. */
  readonly found?: LintFinding;
}

/** What has to be kept of a resource until all others are known: little, and nothing that holds the resource itself. */
export interface ManifestNote {
  readonly keys: readonly string[];
}

/** One thing that can be wrong with what is to be applied to a cluster. */
export interface ManifestRule<N extends ManifestNote = any> extends RuleTexts {
  /** What can be said about a resource by itself. */
  readonly check?: (resource: ManifestResource, runtimeDefault: RuntimeDefault) => Iterable<ManifestReport>;
  /** What is to be asked when all resources are known. */
  readonly note?: (resource: ManifestResource) => Iterable<N>;
  readonly conclude?: (note: Omit<N, 'keys'>, set: ManifestSet) => Iterable<Omit<ManifestReport, 'keys'>>;
}

/** A rule with the type of its notes. */
export function noting<N extends ManifestNote>(rule: ManifestRule<N>): ManifestRule {
  return rule;
}
