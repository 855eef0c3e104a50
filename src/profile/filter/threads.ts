import { ContainerRuntime } from './container-runtime';
import { Decision, DecisionKind } from './decision';
import { Libc } from './libc';
import { isAtLeast } from '../../private/version';
import { cloneFlagsArgument } from '../../syscalls/abis';
import { ENOSYS } from '../../syscalls/errnos';
import { numberOf } from '../../syscalls/numbers';
import { SeccompArchitecture } from '../document/architecture';
import { NodeArchitecture } from '../document/node-architecture';

/**
 * A program that `SeccompProfile.threads` is asked about.
 */
export interface ThreadsQuery {
  /** C library of the image. */
  readonly libc: Libc;

  /** ABI of the program. */
  readonly architecture: SeccompArchitecture;

  /**
   * Runtime that loads the profile.
   *
   * @default ContainerRuntime.DEFAULT
   */
  readonly runtime?: ContainerRuntime;

  /**
   * Node on which the program runs.
   *
   * @default - every kind of node that runs programs of `architecture`; all have to give the same answer
   */
  readonly node?: NodeArchitecture;

  /**
   * Version of the node's kernel. Before 5.3 it has no clone3 and answers ENOSYS itself.
   *
   * @default "5.10"
   */
  readonly kernel?: string;
}

/** Result of starting a thread. */
export enum ThreadStart {
  /** `pthread_create` works. */
  WORKS = 'works',
  /** `pthread_create` fails, or the process is killed. */
  FAILS = 'fails',
  /** The result cannot be computed: an agent decides, or libseccomp may build the rules differently. */
  UNKNOWN = 'unknown',
  /** The runtime refuses the profile: the container does not start. */
  REFUSED = 'refused',
}

/**
 * Result of starting a thread under a profile, with its reason.
 */
export interface ThreadsAnswer {
  /** Result of starting a thread. */
  readonly start: ThreadStart;

  /** Reason of the result, as a sentence. */
  readonly reason: string;

  /**
   * Return value of `pthread_create` if it fails; EAGAIN under musl, whatever the filter answers.
   *
   * @default - none: it does not fail, or does not return
   */
  readonly errno?: number;
}

/** The answer, with the last call that the C library makes and the decision on it. */
export interface FollowedThreads {
  readonly answer: ThreadsAnswer;
  readonly call: 'clone3' | 'clone';
  readonly decision: Decision;
}

type Decide = (syscall: string, args: (bigint | undefined)[]) => Decision;

/** Result of a call for the C library. */
type Outcome = 'done' | 'undone' | 'missing' | 'failed' | 'killed' | 'unknown';

/**
 * Follows pthread_create: clone3 if the C library uses it, and clone only if clone3 gets ENOSYS.
 *
 * @see https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/clone-internal.c
 */
export function threads({ libc, architecture, kernel = '5.10' }: ThreadsQuery, decide: Decide): FollowedThreads {
  if (libc._usesClone3(architecture) && numberOf(architecture.value, 'clone3') !== undefined) {
    // Its arguments are a pointer and a size, and a filter can compare only the size.
    const first = decide('clone3', [undefined, CLONE_ARGS_SIZE]);
    const outcome = outcomeOf(first);
    const fallsBack = outcome === 'missing' || (outcome === 'done' && !isAtLeast(kernel, '5.3'));
    if (!fallsBack) return { answer: answer(libc, 'clone3', first, outcome), call: 'clone3', decision: first };
  }
  const second = decide('clone', cloneArguments(libc, architecture));
  return { answer: answer(libc, 'clone', second, outcomeOf(second)), call: 'clone', decision: second };
}

const CLONE_ARGS_SIZE = 88n;

function cloneArguments(libc: Libc, architecture: SeccompArchitecture): (bigint | undefined)[] {
  return cloneFlagsArgument(architecture.value) === 1 ? [undefined, libc._threadFlags] : [libc._threadFlags];
}

function outcomeOf({ kind, action, errno }: Decision): Outcome {
  if (kind !== DecisionKind.ACTION) return 'unknown';
  switch (action!.value) {
    case 'SCMP_ACT_ALLOW':
    case 'SCMP_ACT_LOG':
      return 'done';
    case 'SCMP_ACT_TRACE':
      return 'missing';
    case 'SCMP_ACT_ERRNO':
      if (errno === 0) return 'undone';
      return errno === ENOSYS ? 'missing' : 'failed';
    case 'SCMP_ACT_NOTIFY':
      return 'unknown';
    default:
      return 'killed';
  }
}

function answer(libc: Libc, call: string, { kind, errno, reason }: Decision, outcome: Outcome): ThreadsAnswer {
  if (kind === DecisionKind.REFUSED) return { start: ThreadStart.REFUSED, reason };
  const because = `${call}: ${reason}`;
  switch (outcome) {
    case 'done':
      return { start: ThreadStart.WORKS, reason: `${libc} starts threads with ${call}, which is allowed (${because})` };
    case 'killed':
      return { start: ThreadStart.FAILS, reason: `${libc} starts threads with ${call}, and the filter kills the caller (${because})` };
    case 'undone':
      return { start: ThreadStart.FAILS, reason: `${libc} starts threads with ${call}, which returns 0 without a new thread: the caller continues as if it were the new thread, and crashes or hangs (${because})` };
    case 'unknown':
      return { start: ThreadStart.UNKNOWN, reason: `${libc} starts threads with ${call}, and its answer cannot be computed (${because})` };
    default:
      return failed(libc, call, errno ?? ENOSYS, because);
  }
}

function failed(libc: Libc, call: string, errno: number, because: string): ThreadsAnswer {
  const reported = libc._threadErrno(errno);
  const remedy = call === 'clone3' ? '; it falls back to clone only on ENOSYS (38)' : '';
  const translation = reported === errno ? '' : `; pthread_create returns ${reported} instead`;
  return { start: ThreadStart.FAILS, errno: reported, reason: `${libc} starts threads with ${call}, which fails with errno ${errno}${remedy}${translation} (${because})` };
}
