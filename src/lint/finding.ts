/** How bad a finding is. */
export enum LintSeverity {
  /** No container starts, no thread starts, or the node does something else than what is written. */
  ERROR = 'error',
  /** It works, and not as its author believes. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
  /** The rule is not asked. */
  OFF = 'off',
}

/**
 * What a rule found in a profile.
 */
export interface LintFinding {
  /** Id of the rule, such as `mixed-endian-architectures`. */
  readonly rule: string;

  /** How bad it is. */
  readonly severity: LintSeverity;

  /** What is wrong, with the system call, architecture or runtime that it is about. */
  readonly message: string;

  /** JSON path of what it is about, such as `syscalls[3].names[0]`; empty for the document as a whole. */
  readonly path: string;

  /** What happens on a node, for every finding of the rule. */
  readonly why: string;

  /** What to do about it. */
  readonly fix: string;

  /** Whether `ProfileLinter.fix` can do it: what loads or works afterwards as it was meant, and denies nothing more. */
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
   * Number of characters that it is about, on that line.
   *
   * @default - a profile was linted, not its text
   */
  readonly length?: number;
}
