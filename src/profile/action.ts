import { ACTIONS } from './document';
import { InputError, list, show } from '../private/errors';

/**
 * What a seccomp filter does with a system call.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export class Action {
  /** The call is executed. */
  public static readonly ALLOW = new Action('SCMP_ACT_ALLOW');
  /** The call is not executed and fails with an errno. */
  public static readonly ERRNO = new Action('SCMP_ACT_ERRNO');
  /** The thread that made the call dies. */
  public static readonly KILL_THREAD = new Action('SCMP_ACT_KILL_THREAD');
  /** The whole process dies with SIGSYS. */
  public static readonly KILL_PROCESS = new Action('SCMP_ACT_KILL_PROCESS');
  /** Another name of `KILL_THREAD`. */
  public static readonly KILL = new Action('SCMP_ACT_KILL');
  /** The call is not executed and the thread gets SIGSYS, which a program can handle. */
  public static readonly TRAP = new Action('SCMP_ACT_TRAP');
  /** A tracer decides; without one the call fails with ENOSYS. */
  public static readonly TRACE = new Action('SCMP_ACT_TRACE');
  /** The call is executed and logged. */
  public static readonly LOG = new Action('SCMP_ACT_LOG');
  /** An agent at the profile's `listenerPath` decides. */
  public static readonly NOTIFY = new Action('SCMP_ACT_NOTIFY');

  /**
   * The action of that name.
   *
   * @param value name in the OCI runtime-spec, such as `SCMP_ACT_ERRNO`
   * @throws if the specification has no such action
   */
  public static of(value: string): Action {
    const action = Action.all.find(candidate => candidate.value === value);
    if (!action) throw new InputError(`${show(value)} is not an action of the OCI runtime-spec, expected one of ${list(ACTIONS)}`);
    return action;
  }

  private static readonly all: Action[] = [
    Action.ALLOW, Action.ERRNO, Action.KILL_THREAD, Action.KILL_PROCESS, Action.KILL, Action.TRAP, Action.TRACE, Action.LOG, Action.NOTIFY,
  ];

  private constructor(
    /** Name in the OCI runtime-spec, such as `SCMP_ACT_ERRNO`. */
    public readonly value: string,
  ) {}

  /** The name in the OCI runtime-spec. */
  public toString(): string {
    return this.value;
  }
}
