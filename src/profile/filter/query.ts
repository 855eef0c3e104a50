import { ContainerRuntime } from './container-runtime';
import { InputError, show } from '../../private/errors';
import { isKnown, numberOf } from '../../syscalls/numbers';
import { suggest } from '../../syscalls/suggest';
import { SeccompArchitecture } from '../document/architecture';
import { NodeArchitecture } from '../document/node-architecture';

/**
 * A system call on a node that `SeccompProfile.decide` is asked about.
 */
export interface SyscallQuery {
  /** ABI of the program that makes the call. */
  readonly architecture: SeccompArchitecture;

  /**
   * Name of the call, such as `clone3`.
   *
   * @default - `number` says which call is meant
   */
  readonly syscall?: string;

  /**
   * Number of the call on that ABI, with the base of MIPS and x32.
   *
   * @default - `syscall` says which call is meant
   */
  readonly number?: number;

  /**
   * Arguments by position: numbers, or text such as `"0xffffffffffffffff"` if a number would be rounded. An argument that is undefined, or
   * missing at the end, is unknown: the answer can then depend on it.
   *
   * @default - no argument is known
   */
  readonly args?: any[];

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
}

/** Returns the number of the call in a query. */
export function queriedNumber({ syscall, number, architecture }: SyscallQuery): number {
  if ((syscall === undefined) === (number === undefined)) {
    throw new InputError(`query has ${syscall === undefined ? 'neither syscall nor number' : 'both syscall and number'}, expected one of them`);
  }
  if (number !== undefined) {
    if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
      throw new InputError(`number ${show(number)} is not a system call number, expected an unsigned 32-bit integer`);
    }
    return number;
  }
  const found = numberOf(architecture.value, syscall!);
  if (found !== undefined) return found;
  if (isKnown(syscall!)) {
    throw new InputError(`${syscall} has no number on ${architecture.value}, expected a system call of that ABI`);
  }
  const near = suggest(syscall!);
  throw new InputError(`${show(syscall)} is not a system call that libseccomp knows, expected a name such as ${show(near ?? 'clone3')}`);
}

/** Returns the known arguments of a query, by position. */
export function queriedArguments(args: readonly unknown[] = []): Map<number, bigint> {
  if (args.length > 6) throw new InputError(`args has ${args.length} values, expected at most 6`);
  const known = [...args.entries()].filter(([, value]) => value !== undefined && value !== null);
  return new Map(known.map(([index, value]) => [index, toUint64(value, index)]));
}

function toUint64(value: unknown, index: number): bigint {
  const isExact = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
    || (typeof value === 'string' && /^(\d+|0x[0-9a-f]+)$/i.test(value));
  const argument = isExact ? BigInt(value as string) : -1n;
  if (argument < 0n || argument >= 2n ** 64n) {
    throw new InputError(`args[${index}] is ${show(value)}, expected an unsigned 64-bit integer, as text such as "0x10000000" above 2^53`);
  }
  return argument;
}
