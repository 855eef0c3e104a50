import { SeccompAction } from '../document/action';

/** What kind of answer a decision is. */
export enum DecisionKind {
  /** The filter does one thing, whatever the arguments, or for the arguments given. */
  ACTION = 'action',
  /** The filter looks at arguments that were not given. */
  DEPENDS_ON_ARGUMENTS = 'depends on arguments',
  /** The rules leave the part of the language that libseccomp builds faithfully: the node's answer is not what is written. */
  UNDEFINED = 'undefined',
  /** The runtime refuses the profile: no container starts with it. */
  REFUSED = 'refused',
}

/** What in a profile, or around it, made a decision. */
export enum DecidedBy {
  /** A rule of the profile. */
  RULE = 'rule',
  /** The profile's default action: no rule matches. */
  DEFAULT_ACTION = 'default action',
  /** runc's own answer to numbers above the largest one that the profile names. */
  ENOSYS_STUB = 'ENOSYS stub',
  /** The ABI is not in the profile's list: libseccomp kills whoever uses it. */
  MISSING_ARCHITECTURE = 'missing architecture',
  /** The runtime's refusal of the profile as a whole. */
  RUNTIME = 'runtime',
  /** libseccomp's way of building rules that leave the dependable part of the language. */
  LIBSECCOMP = 'libseccomp',
}

/**
 * One of the answers that a call can get, depending on its arguments.
 */
export interface Alternative {
  /** When: conditions such as `arg0 & 0x10000000 == 0x10000000 and arg2 > 3`, or `otherwise` for what no rule matches. */
  readonly when: string;

  /** What the filter does then. */
  readonly action: SeccompAction;

  /**
   * The errno of ERRNO, the datum of TRACE.
   *
   * @default - the action has none
   */
  readonly errno?: number;

  /**
   * JSON path of the rule, such as `syscalls[3].names[0]`.
   *
   * @default - the default action answers
   */
  readonly path?: string;
}

/**
 * What a node's filter answers to a system call, and why.
 *
 * It is the filter's answer: a call that is let through can still fail in the kernel.
 */
export interface Decision {
  /** What kind of answer this is; only `ACTION` has an `action`. */
  readonly kind: DecisionKind;

  /** What made the decision. */
  readonly decidedBy: DecidedBy;

  /** Why, in plain words. */
  readonly reason: string;

  /**
   * What the filter does.
   *
   * @default - it depends on arguments, is undefined, or the profile is refused
   */
  readonly action?: SeccompAction;

  /**
   * The errno that the call fails with under ERRNO, the datum of TRACE.
   *
   * @default - the action has none
   */
  readonly errno?: number;

  /**
   * Index of the deciding rule in the document's `syscalls`.
   *
   * @default - no rule decided
   */
  readonly rule?: number;

  /**
   * JSON path of what decided, such as `syscalls[3].names[0]` or `defaultAction`.
   *
   * @default - nothing in the document decided
   */
  readonly path?: string;

  /**
   * The answers that the arguments choose from; the last one is what no rule matches.
   *
   * @default - the answer does not depend on arguments
   */
  readonly alternatives?: Alternative[];
}

/** Whether two decisions let the same happen; where they come from does not matter. */
export function sameDecision(a: Decision, b: Decision): boolean {
  return outcome(a) === outcome(b);
}

/** What a decision lets happen, as text to compare. */
export function outcome({ kind, action, errno, alternatives = [] }: Decision): string {
  const choices = alternatives.map(each => `${each.when}: ${each.action} ${each.errno}`).sort();
  return [`${kind} ${action} ${errno}`, ...choices].join('\n');
}
