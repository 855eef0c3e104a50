import { ManifestResource } from './resource';
import { RuntimeDefault } from './runtime-default';
import { ManifestSet } from './set';
import { LintFinding, LintSeverity } from '../lint/finding';
import { LintRule } from '../lint/rule';

/** Texts about a rule, over manifests or over profiles, that the command and the docs show. */
export type RuleTexts = Pick<LintRule, 'id' | 'severity' | 'summary' | 'why' | 'fix' | 'source'>;

/** A report of a rule about one place of a resource. */
export interface ManifestReport {
  readonly message: string;
  /** Keys that lead to the place. */
  readonly keys: readonly string[];
  /** Fix for this case, if the rule's own fix is too general. */
  readonly fix?: string;
  /** Severity of this case, if it differs from the rule's. */
  readonly severity?: LintSeverity;
  /** Finding of lint in the profile at the place, which the report passes on. */
  readonly found?: LintFinding;
}

/** The part of a resource that a rule needs once all resources are known. It is small and must not refer to the resource. */
export interface ManifestNote {
  readonly keys: readonly string[];
}

/** A check of one fault that manifests can have. */
export interface ManifestRule<N extends ManifestNote = any> extends RuleTexts {
  /** Reports faults that depend on no other resource. */
  readonly check?: (resource: ManifestResource, runtimeDefault: RuntimeDefault) => Iterable<ManifestReport>;
  /** Notes what to judge once all resources are known. */
  readonly note?: (resource: ManifestResource) => Iterable<N>;
  /** Judges a note once all resources are known. */
  readonly conclude?: (note: Omit<N, 'keys'>, set: ManifestSet) => Iterable<Omit<ManifestReport, 'keys'>>;
}

/** Returns the rule; checks the type of its notes. */
export function noting<N extends ManifestNote>(rule: ManifestRule<N>): ManifestRule {
  return rule;
}
