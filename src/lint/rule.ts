import { LintSeverity } from './finding';
import { LintContext } from './lint-context';
import { Edit } from '../private/edit';

/** What a rule has to say about one place. */
export interface Report {
  readonly message: string;
  /** JSON path; empty for the document as a whole. */
  readonly path: string;
  /** What to do in this case, where the rule's own words are too general. */
  readonly fix?: string;
  /** Where this case is not as bad as the rule's others. */
  readonly severity?: LintSeverity;
  /** The fix, where it denies nothing more than before. */
  readonly edits?: readonly Edit[];
}

/** One thing that can be wrong with a profile. The texts are what the command, the findings and docs/rules show. */
export interface LintRule {
  readonly id: string;
  readonly severity: LintSeverity;
  /** One line: what it finds. */
  readonly summary: string;
  /** What happens on a node. */
  readonly why: string;
  /** What to do, in general. */
  readonly fix: string;
  /** Where it is documented, or the source that does it. */
  readonly source: string;
  /** Whether it misses what is not allowed: of a profile to which something is added elsewhere that cannot be said. */
  readonly needsWholeProfile?: boolean;
  readonly check: (context: LintContext) => Iterable<Report>;
}
