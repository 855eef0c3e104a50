import { SeccompAction } from '../document/action';

/** Tells whether a decision has one action, and if not, why. */
export enum DecisionKind {
  /** The filter has one action, for all arguments or for the given ones. */
  ACTION = 'action',
  /** The action depends on arguments that were not given. */
  DEPENDS_ON_ARGUMENTS = 'depends on arguments',
  /** libseccomp may build the rules differently: the node's answer may not be that of the rules. */
  UNDEFINED = 'undefined',
  /** The runtime refuses the profile: no container starts with it. */
  REFUSED = 'refused',
}

/** Origin of a decision. */
export enum DecidedBy {
  /** A rule of the profile. */
  RULE = 'rule',
  /** The profile's default action: no rule matches. */
  DEFAULT_ACTION = 'default action',
  /** Answer of runc to numbers above the largest one that the profile names. */
  ENOSYS_STUB = 'ENOSYS stub',
  /** The ABI is not in the profile's list: libseccomp kills programs that use it. */
  MISSING_ARCHITECTURE = 'missing architecture',
  /** The runtime refuses the profile as a whole. */
  RUNTIME = 'runtime',
  /** libseccomp may build the rules differently. */
  LIBSECCOMP = 'libseccomp',
}

/**
 * One of the answers that a call can get; its arguments decide which.
 */
export interface Alternative {
  /** Conditions of this answer, such as `arg0 & 0x10000000 == 0x10000000 and arg2 > 3`, or `otherwise` if no rule matches. */
  readonly when: string;

  /** Action of the filter. */
  readonly action: SeccompAction;

  /**
   * Errno of ERRNO, or datum of TRACE.
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
 * Answer of a node's filter to a system call, with its reason.
 *
 * A call that the filter allows can still fail in the kernel.
 */
export interface Decision {
  /** Kind of the decision; only `ACTION` has an `action`. */
  readonly kind: DecisionKind;

  /** Origin of the decision. */
  readonly decidedBy: DecidedBy;

  /** Reason of the decision, as a sentence. */
  readonly reason: string;

  /**
   * Action of the filter.
   *
   * @default - none: the answer depends on arguments or is undefined, or the profile is refused
   */
  readonly action?: SeccompAction;

  /**
   * Errno that the call fails with under ERRNO, or datum of TRACE.
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
   * JSON path of the value that decided, such as `syscalls[3].names[0]` or `defaultAction`.
   *
   * @default - nothing in the document decided
   */
  readonly path?: string;

  /**
   * Answers that the arguments choose from; the last one is for calls that no rule matches.
   *
   * @default - the answer does not depend on arguments
   */
  readonly alternatives?: Alternative[];
}

/** True if two decisions have the same effect, whatever their origin. */
export function sameDecision(a: Decision, b: Decision): boolean {
  return outcome(a) === outcome(b);
}

/** Returns the effect of a decision as text to compare. */
export function outcome({ kind, action, errno, alternatives = [] }: Decision): string {
  const choices = alternatives.map(each => `${each.when}: ${each.action} ${each.errno}`).sort();
  return [`${kind} ${action} ${errno}`, ...choices].join('\n');
}
