import { ArgumentTest } from './argument-test';
import { SeccompAction } from './document/action';
import { ArgumentCondition, DocumentRule } from './document/document';
import { toAnswer } from './filter/answers';
import { miscompiledReason } from './filter/libseccomp-limits';
import { check, instanceOf, listOf } from '../private/arguments';
import { InputError, show } from '../private/errors';
import { ENOSYS, EPERM } from '../syscalls/errnos';
import { isKnown } from '../syscalls/numbers';
import { suggest } from '../syscalls/suggest';

const ACTION = instanceOf(SeccompAction, 'a SeccompAction such as SeccompAction.LOG');
const TESTS = listOf(instanceOf(ArgumentTest, 'a test such as SyscallArgument.int32(0).isOneOf([1])'));

/**
 * A rule of a profile for some system calls. A rule is immutable; `when` returns a new one.
 */
export class SyscallRule {
  /**
   * Makes a rule that allows the calls.
   *
   * @param names such as `openat2`
   * @throws if there is no name, or one is not a system call
   */
  public static allow(...names: string[]): SyscallRule {
    return new SyscallRule(names, SeccompAction.ALLOW);
  }

  /**
   * Makes a rule under which the calls fail with EPERM.
   *
   * @param names such as `mount`
   * @throws if there is no name, or one is not a system call
   */
  public static deny(...names: string[]): SyscallRule {
    return new SyscallRule(names, SeccompAction.ERRNO, EPERM);
  }

  /**
   * Makes a rule under which the calls fail with ENOSYS, as on a kernel without them: programs then fall back to older calls. It is the right
   * answer for `clone3`, `faccessat2` and other successors.
   *
   * @param names such as `clone3`
   * @throws if there is no name, or one is not a system call
   */
  public static enosys(...names: string[]): SyscallRule {
    return new SyscallRule(names, SeccompAction.ERRNO, ENOSYS);
  }

  /**
   * Makes a rule with any action.
   *
   * @param action action of the filter, such as `SeccompAction.LOG`
   * @param names such as `ptrace`
   * @throws if there is no name, or one is not a system call
   */
  public static of(action: SeccompAction, ...names: string[]): SyscallRule {
    return new SyscallRule(names, check(ACTION, action, 'action'));
  }

  private constructor(
    private readonly names: string[],
    private readonly action: SeccompAction,
    private readonly errno?: number,
    private readonly tests: ArgumentTest[] = [],
  ) {
    if (names.length === 0) throw new InputError('rule names no system call, expected at least one');
    names.forEach(checkName);
  }

  /**
   * Returns the rule with another errno.
   *
   * @param errno 0 to 4094; 0 makes the call seem to succeed
   * @throws if it is out of range, or the action is not ERRNO
   */
  public withErrno(errno: number): SyscallRule {
    if (!Number.isInteger(errno) || errno < 0 || errno > 4094) throw new InputError(`errno ${show(errno)} is out of range, expected 0 to 4094`);
    if (this.action !== SeccompAction.ERRNO) throw new InputError(`errno ${errno} with ${this.action} has no meaning, expected it with SCMP_ACT_ERRNO only`);
    return new SyscallRule(this.names, this.action, errno, this.tests);
  }

  /**
   * Returns the rule for only those calls whose arguments also pass all these tests.
   *
   * @param tests tests of different arguments
   */
  public when(...tests: ArgumentTest[]): SyscallRule {
    check(TESTS, tests, 'tests');
    return new SyscallRule(this.names, this.action, this.errno, [...this.tests, ...tests]);
  }

  /**
   * Returns the rule as rules of a document, one for each way to pass the tests.
   *
   * @internal
   */
  public _toDocument(): DocumentRule[] {
    const head = { names: this.names, action: this.action.value, ...(this.errno === undefined ? {} : { errnoRet: this.errno }) };
    if (this.tests.length === 0) return [head];
    const alternatives = combinations(this.tests);
    alternatives.forEach(conditions => this.checkPlaces(conditions));
    const reason = miscompiledReason(alternatives.map(conditions => ({ conditions, answer: toAnswer(head.action, head.errnoRet) })));
    if (reason) {
      throw new InputError(`rule for ${this.names[0]} needs ${reason}, which libseccomp may build differently: `
        + 'test fewer values, or use SyscallArgument.int32 if the kernel reads 32 bits');
    }
    return alternatives.map(args => ({ ...head, args }));
  }

  private checkPlaces(conditions: readonly ArgumentCondition[]): void {
    const repeated = conditions.find((condition, position) => conditions.slice(0, position).some(other => sharePlace(condition, other)));
    if (repeated) {
      throw new InputError(`rule for ${this.names[0]} tests argument ${repeated.index} twice, expected one test: a runtime would require only one of the two`);
    }
  }
}

function sharePlace(one: ArgumentCondition, other: ArgumentCondition): boolean {
  return one.index === other.index || (one.s390Index ?? one.index) === (other.s390Index ?? other.index);
}

/** Refuses a name that libseccomp does not know, usually a misspelt one: a runtime would silently ignore it. */
export function checkName(name: string): void {
  const isText = typeof name === 'string';
  if (isText && isKnown(name)) return;
  const near = isText ? suggest(name) : undefined;
  throw new InputError(`${show(name)} is not a system call that libseccomp knows, expected a name such as ${show(near ?? 'clone3')}`);
}

function combinations(tests: readonly ArgumentTest[]): ArgumentCondition[][] {
  return tests.reduce<ArgumentCondition[][]>(
    (rules, test) => rules.flatMap(rule => test._alternatives.map(alternative => [...rule, alternative])), [[]]);
}
