import { NodeArchitecture, SeccompArchitecture } from '../../../src';
import { ABIS } from '../../../src/syscalls/abis';
import { allNames, nameOf, numberOf } from '../../../src/syscalls/numbers';

/** A system call that the kernel is asked to make. */
export interface Call {
  readonly architecture: SeccompArchitecture;
  readonly number: number;
  readonly args: readonly bigint[];
  /** When SIGALRM ends a call that waits. */
  readonly milliseconds: number;
}

/** No valid pointer, descriptor, process, command or set of flags. */
const INVALID = 2n ** 64n - 1n;

/** https://github.com/torvalds/linux/blob/v6.18/kernel/seccomp.c (seccomp_uprobe_exception) */
const PAST_SECCOMP = 'the kernel makes it without asking any filter';

/** Calls that cannot be tried by making them. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  rt_sigreturn: 'takes the registers of its caller from the stack',
  sigreturn: 'takes the registers of its caller from the stack',
  sync: 'waits for every disk of the machine',
  uprobe: PAST_SECCOMP,
  uretprobe: PAST_SECCOMP,
};

/** Calls that wait, whatever their arguments. */
const WAITING = ['pause', 'sigsuspend'];

/** Where invalid arguments would change what comes later: sigsuspend would block SIGALRM, msgget leave a queue that the next one finds. */
const HARMLESS: Readonly<Record<string, readonly bigint[]>> = { sigsuspend: [0n, 0n, 0n], msgget: [0n, 0n] };

const CLONE_ARGS_SIZE = 88n;
const SIGCHLD = 17n;
const THREAD_FLAGS = [0x3d0f00n, 0x7d0f00n];
const NAMESPACE_FLAGS = [0x20000n, 0x2000000n, 0x4000000n, 0x8000000n, 0x10000000n, 0x20000000n, 0x40000000n];
const NEWUSER_AND_NEWNS = 0x10020000n;

/** Arguments that profiles tell apart. None makes the kernel do anything that outlives the call, or its child. */
const TELLING: Readonly<Record<string, readonly (readonly bigint[])[]>> = {
  clone3: [[INVALID, CLONE_ARGS_SIZE], [INVALID, 64n]],
  personality: [0n, 8n, 0x20000n, 0x20008n, 0xffffffffn, 0x100000000n].map(persona => [persona]),
  socket: [1n, 2n, 10n, 16n, 38n, 40n, 0x1_0000_0028n].map(family => [family, 1n]),
  socketcall: [0n, 1n, 9n, 21n, 0x1_0000_0001n].map(call => [call, INVALID]),
};

const CLONE_FLAGS = [SIGCHLD, ...NAMESPACE_FLAGS.map(flag => flag + SIGCHLD), NEWUSER_AND_NEWNS + SIGCHLD, ...THREAD_FLAGS];

/** Every number of the node's ABIs and some beyond, with arguments that make the kernel refuse where it can, and with telling ones. */
export function allCalls(node: NodeArchitecture): Call[] {
  return node.architectures.flatMap(architecture => numbers(architecture).flatMap(number => calls(architecture, number)));
}

const BEYOND = 10;
/** Numbers that are further apart have a table of their own, as the private calls of ARM have. */
const APART = 1_000;

function numbers({ value }: SeccompArchitecture): number[] {
  const { base } = ABIS.find(({ name }) => name === value)!;
  const known = allNames().map(name => numberOf(value, name)).filter(number => number !== undefined).sort((one, other) => one - other);
  let last = base - 1;
  const ranges = [...known, Infinity].map(next => {
    const [first, end] = next - last > APART ? [last + 1, last + BEYOND + 1] : [last + 1, next + 1];
    const start = next - last > APART && next !== Infinity ? next : undefined;
    last = next;
    return [...Array.from({ length: end - first }, (_, index) => first + index), ...start === undefined ? [] : [start]];
  });
  return ranges.flat();
}

function calls(architecture: SeccompArchitecture, number: number): Call[] {
  const name = nameOf(architecture.value, number) ?? '';
  if (name in LEFT_OUT) return [];
  const lists = [HARMLESS[name] ?? [], ...name === 'clone' ? cloneArguments(architecture) : TELLING[name] ?? []];
  return lists.map(args => ({ architecture, number, args: padded(args), milliseconds: WAITING.includes(name) ? 50 : 2_000 }));
}

/** The flags, and no stack of its own: s390 has them the other way round. */
function cloneArguments({ value }: SeccompArchitecture): bigint[][] {
  return CLONE_FLAGS.map(flags => value.startsWith('SCMP_ARCH_S390') ? [0n, flags] : [flags, 0n]);
}

function padded(args: readonly bigint[]): bigint[] {
  return Array.from({ length: 6 }, (_, index) => args[index] ?? INVALID);
}

/** The call as test/node/probes/calls.c reads it. */
export function spell({ architecture, number, args, milliseconds }: Call): string {
  const is32bit = architecture === SeccompArchitecture.X86 ? 1 : 0;
  return [is32bit, milliseconds, number, ...args].map(value => value.toString(16)).join();
}

export function describeCall({ architecture, number, args }: Call): string {
  const shown = args.map(arg => arg === INVALID ? '-1' : `0x${arg.toString(16)}`);
  return `${architecture} ${nameOf(architecture.value, number) ?? number}(${shown.join(', ')})`;
}
