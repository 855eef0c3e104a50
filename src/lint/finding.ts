/** Severity of a finding. */
export enum LintSeverity {
  /** No container starts, no thread starts, or the node does something other than what the profile says. */
  ERROR = 'error',
  /** The profile works, but not as its author expects. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
  /** The rule does not run. */
  OFF = 'off',
}

/**
 * One problem that a rule found in a profile.
 */
export interface LintFinding {
  /** Id of the rule, such as `mixed-endian-architectures`. */
  readonly rule: string;

  /** Severity of the finding. */
  readonly severity: LintSeverity;

  /** The problem, with the system call, architecture or runtime that it concerns. */
  readonly message: string;

  /** JSON path of the value with the problem, such as `syscalls[3].names[0]`; empty for the whole document. */
  readonly path: string;

  /** Effect on a node; the same for every finding of the rule. */
  readonly why: string;

  /** Suggested change. */
  readonly fix: string;

  /** True if `ProfileLinter.fix` can repair it: the profile then loads or works as intended, and denies nothing more. */
  readonly fixable: boolean;

  /**
   * Line in the text, from 1.
   *
   * @default - a profile was linted, not its text
   */
  readonly line?: number;

  /**
   * Column in the text, from 1.
   *
   * @default - a profile was linted, not its text
   */
  readonly column?: number;

  /**
   * Number of characters with the problem, on that line.
   *
   * @default - a profile was linted, not its text
   */
  readonly length?: number;
}
