import { LintSeverity } from './finding';
import { LintContext } from './lint-context';
import { Edit } from '../private/edit';

/** A problem that a rule found at one place. */
export interface Report {
  readonly message: string;
  /** JSON path; empty for the whole document. */
  readonly path: string;
  /** Fix for this case, if it is more specific than the rule's fix. */
  readonly fix?: string;
  /** Severity of this case, if it differs from the rule's severity. */
  readonly severity?: LintSeverity;
  /** Edits that repair it; only if the result denies nothing more than before. */
  readonly edits?: readonly Edit[];
}

/** A kind of problem in profiles. The command, the findings and docs/rules show its texts. */
export interface LintRule {
  readonly id: string;
  readonly severity: LintSeverity;
  /** The problem that it finds, in one line. */
  readonly summary: string;
  /** Effect on a node. */
  readonly why: string;
  /** General fix. */
  readonly fix: string;
  /** Documentation or source code that shows the effect. */
  readonly source: string;
  /** True if it reports that the profile lacks something: it does not run for a profile to which an operator adds rules. */
  readonly needsWholeProfile?: boolean;
  readonly check: (context: LintContext) => Iterable<Report>;
}
