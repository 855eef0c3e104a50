import { ArgumentCondition } from './document/document';
import { check, listOf, NUMBER } from '../private/arguments';
import { InputError, show } from '../private/errors';

const VALUES = listOf(NUMBER);

/**
 * An argument of a system call that a rule can test.
 *
 * Its tests are written as equalities under a mask, the only condition that libseccomp builds reliably in any number and combination.
 */
export class SyscallArgument {
  /**
   * An argument that the kernel takes as an `int` or `unsigned int`: flags, file descriptors, address families.
   *
   * Only its low 32 bits are compared: the kernel ignores the others, but a filter does not.
   *
   * @param index position, 0 to 5
   * @throws if the index is out of range
   */
  public static int32(index: number): SyscallArgument {
    return new SyscallArgument(checkIndex(index), 32n);
  }

  /**
   * An argument that the kernel takes at the full width of a register: `unsigned long` flags, sizes.
   *
   * @param index position, 0 to 5
   * @throws if the index is out of range
   */
  public static int64(index: number): SyscallArgument {
    return new SyscallArgument(checkIndex(index), 64n);
  }

  /**
   * The flags of `clone`: argument 0, or argument 1 on s390.
   *
   * The document of a profile for several kinds of node tests argument 0; its document for s390x, from `forNode`, tests argument 1.
   */
  public static cloneFlags(): SyscallArgument {
    return new SyscallArgument(0, 32n, 1);
  }

  private constructor(private readonly index: number, private readonly bits: bigint, private readonly s390Index?: number) {}

  /**
   * Tests that the argument is one of these values.
   *
   * @param values integers from 0 to 2^32 - 1, or to 2^53 - 1 for `int64`
   * @throws if there is no value, or one does not fit the argument
   */
  public isOneOf(values: number[]): ArgumentTest {
    return this.test(check(VALUES, values, 'values').map(value => [this.allBits, this.check(value)]));
  }

  /**
   * Tests that the argument lies in a range, both ends included.
   *
   * @param lowest smallest value of the range, 0 or more
   * @param highest largest value of the range
   * @throws if the range is empty or does not fit the argument
   */
  public isBetween(lowest: number, highest: number): ArgumentTest {
    const [low, high] = [this.check(lowest), this.check(highest)];
    if (low > high) throw new InputError(`range from ${lowest} to ${highest} is empty, expected the smaller value first`);
    return this.test(blocks(low, high).map(([start, size]) => [this.allBits ^ (size - 1n), start]));
  }

  /**
   * Tests that at least one of these bits is set.
   *
   * @param flags the bits, such as `0x10000000` for `CLONE_NEWUSER`; several may be in one number
   * @throws if no bit is given, or one that the argument does not have
   */
  public hasAnyOf(flags: number): ArgumentTest {
    const mask = this.check(flags);
    if (mask === 0n) throw new InputError('flags 0 has no bit, expected at least one');
    return this.test(bitsOf(mask).map(bit => [bit, bit]));
  }

  /**
   * Tests that none of these bits is set.
   *
   * @param flags the bits, such as `0x10000000` for `CLONE_NEWUSER`; several may be in one number
   * @throws if no bit is given, or one that the argument does not have
   */
  public hasNoneOf(flags: number): ArgumentTest {
    const mask = this.check(flags);
    if (mask === 0n) throw new InputError('flags 0 has no bit, expected at least one');
    return this.test([[mask, 0n]]);
  }

  private get allBits(): bigint {
    return 2n ** this.bits - 1n;
  }

  private check(value: number): bigint {
    if (!Number.isSafeInteger(value) || value < 0 || BigInt(value) > this.allBits) {
      throw new InputError(`value ${show(value)} does not fit argument ${this.index}, expected an integer from 0 to ${this.bits === 32n ? '2^32 - 1' : '2^53 - 1'}`);
    }
    return BigInt(value);
  }

  private test(masks: [bigint, bigint][]): ArgumentTest {
    if (masks.length === 0) throw new InputError(`test of argument ${this.index} has no value, expected at least one`);
    const place = { index: this.index, ...(this.s390Index === undefined ? {} : { s390Index: this.s390Index }) };
    return ArgumentTest._of(masks.map(([value, valueTwo]) => ({ ...place, value, valueTwo, op: 'SCMP_CMP_MASKED_EQ' })));
  }
}

/**
 * A test of one argument, made by `SyscallArgument`.
 */
export class ArgumentTest {
  /** @internal */
  public static _of(alternatives: readonly ArgumentCondition[]): ArgumentTest {
    const test = new ArgumentTest();
    test.alternatives = alternatives;
    return test;
  }

  private alternatives: readonly ArgumentCondition[] = [];

  private constructor() {}

  /**
   * Conditions; an argument has to meet one of them.
   *
   * @internal
   */
  public get _alternatives(): readonly ArgumentCondition[] {
    return this.alternatives;
  }
}

function checkIndex(index: number): number {
  if (!Number.isInteger(index) || index < 0 || index > 5) throw new InputError(`index ${show(index)} is not an argument, expected 0 to 5`);
  return index;
}

function bitsOf(mask: bigint): bigint[] {
  const bits: bigint[] = [];
  for (let bit = 1n; bit <= mask; bit <<= 1n) if (mask & bit) bits.push(bit);
  return bits;
}

/** Cuts a range into blocks that a mask can describe: their length is a power of two, and they start at a multiple of it. */
function blocks(low: bigint, high: bigint): [bigint, bigint][] {
  const result: [bigint, bigint][] = [];
  for (let start = low; start <= high;) {
    let size = 1n;
    while (start % (size * 2n) === 0n && start + size * 2n - 1n <= high) size *= 2n;
    result.push([start, size]);
    start += size;
  }
  return result;
}
