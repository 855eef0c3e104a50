import { ACTIONS } from './document';
import { InputError, list, show } from '../../private/errors';

/**
 * Action of a seccomp filter on a system call.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp
 */
export class SeccompAction {
  /** The call is executed. */
  public static readonly ALLOW = new SeccompAction('SCMP_ACT_ALLOW');
  /** The call is not executed and fails with an errno. */
  public static readonly ERRNO = new SeccompAction('SCMP_ACT_ERRNO');
  /** The thread that made the call is killed. */
  public static readonly KILL_THREAD = new SeccompAction('SCMP_ACT_KILL_THREAD');
  /** The whole process is killed with SIGSYS. */
  public static readonly KILL_PROCESS = new SeccompAction('SCMP_ACT_KILL_PROCESS');
  /** Older name of `KILL_THREAD`. */
  public static readonly KILL = new SeccompAction('SCMP_ACT_KILL');
  /** The call is not executed and the thread gets SIGSYS, which a program can handle. */
  public static readonly TRAP = new SeccompAction('SCMP_ACT_TRAP');
  /** A tracer decides; without one the call fails with ENOSYS. */
  public static readonly TRACE = new SeccompAction('SCMP_ACT_TRACE');
  /** The call is executed and logged. */
  public static readonly LOG = new SeccompAction('SCMP_ACT_LOG');
  /** An agent at the profile's `listenerPath` decides. */
  public static readonly NOTIFY = new SeccompAction('SCMP_ACT_NOTIFY');

  /**
   * Returns the action of a name.
   *
   * @param value name in the OCI runtime-spec, such as `SCMP_ACT_ERRNO`
   * @throws if the specification has no such action
   */
  public static of(value: string): SeccompAction {
    const action = SeccompAction.all.find(candidate => candidate.value === value);
    if (!action) throw new InputError(`${show(value)} is not an action of the OCI runtime-spec, expected one of ${list(ACTIONS)}`);
    return action;
  }

  private static readonly all: SeccompAction[] = [
    SeccompAction.ALLOW, SeccompAction.ERRNO, SeccompAction.KILL_THREAD, SeccompAction.KILL_PROCESS, SeccompAction.KILL,
    SeccompAction.TRAP, SeccompAction.TRACE, SeccompAction.LOG, SeccompAction.NOTIFY,
  ];

  private constructor(
    /** Name in the OCI runtime-spec, such as `SCMP_ACT_ERRNO`. */
    public readonly value: string,
  ) {}

  /** Returns the name in the OCI runtime-spec. */
  public toString(): string {
    return this.value;
  }
}
