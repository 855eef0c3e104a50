/* eslint-disable no-bitwise -- a filter is made of words and masks */
import { SeccompAction, Decision } from '../../../src';

/** An instruction of classic BPF takes eight bytes: code, two jump offsets, operand. */
const INSTRUCTION_BYTES = 8;
/** The kernel takes no longer program. */
const MAX_INSTRUCTIONS = 4096;

// The part of classic BPF that libseccomp writes.
const LOAD_WORD = 0x20;
const AND = 0x54;
const JUMP = 0x05;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_GREATER = 0x25;
const JUMP_IF_GREATER_OR_EQUAL = 0x35;
const RETURN = 0x06;

// struct seccomp_data in words: nr, arch, instruction pointer, six arguments.
const WORDS = 16;
const FIRST_ARGUMENT = 4;

/**
 * A seccomp program, executed as the kernel of its machine would.
 *
 * @see https://docs.kernel.org/networking/filter.html
 */
export class Program {
  public readonly length: number;
  private readonly codes: Uint16Array;
  private readonly jumps: Uint8Array;
  private readonly operands: Uint32Array;
  private readonly data = new Uint32Array(WORDS);

  /** @param bytes in the byte order of the machine, as libseccomp exports them */
  public constructor(bytes: Buffer, private readonly bigEndian: boolean) {
    this.length = bytes.length / INSTRUCTION_BYTES;
    if (!Number.isInteger(this.length) || this.length > MAX_INSTRUCTIONS) throw new Error(`no kernel takes a program of ${bytes.length} bytes`);
    const starts = Array.from({ length: this.length }, (_, at) => at * INSTRUCTION_BYTES);
    this.codes = Uint16Array.from(starts, at => bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at));
    this.jumps = Uint8Array.from(starts.flatMap(at => [bytes[at + 2], bytes[at + 3]]));
    this.operands = Uint32Array.from(starts, (at, index) => {
      const operand = bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
      return this.codes[index] === RETURN && !isReturnValue(operand) ? bytes.readUInt32LE(at + 4) : operand;
    });
  }

  /** What the program returns for a call: action and datum. */
  public run(auditToken: number, number: number, args: readonly bigint[]): number {
    this.data[0] = number;
    this.data[1] = auditToken;
    for (let index = 0; index < args.length; index++) {
      const at = FIRST_ARGUMENT + 2 * index;
      this.data[this.bigEndian ? at + 1 : at] = Number(args[index] & 0xffff_ffffn);
      this.data[this.bigEndian ? at : at + 1] = Number(args[index] >> 32n);
    }
    return this.execute();
  }

  private execute(): number {
    const { codes, jumps, operands, data } = this;
    let accumulator = 0;
    for (let at = 0; at < this.length; at++) {
      const operand = operands[at];
      switch (codes[at]) {
        case LOAD_WORD:
          if (operand % 4 !== 0 || operand >= 4 * WORDS) throw new Error(`instruction ${at} loads from ${operand}, outside of seccomp_data`);
          accumulator = data[operand / 4];
          break;
        case AND: accumulator = (accumulator & operand) >>> 0; break;
        case JUMP: at += operand; break;
        case JUMP_IF_EQUAL: at += jumps[2 * at + (accumulator === operand ? 0 : 1)]; break;
        case JUMP_IF_GREATER: at += jumps[2 * at + (accumulator > operand ? 0 : 1)]; break;
        case JUMP_IF_GREATER_OR_EQUAL: at += jumps[2 * at + (accumulator >= operand ? 0 : 1)]; break;
        case RETURN: return operand;
        default: throw new Error(`instruction ${at} has the code ${codes[at]}, which libseccomp does not write`);
      }
    }
    throw new Error('the program ends without a return');
  }
}

/** @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/seccomp.h */
const RETURN_VALUES: ReadonlyMap<string, number> = new Map([
  [SeccompAction.KILL_PROCESS, 0x80000000], [SeccompAction.KILL_THREAD, 0], [SeccompAction.KILL, 0],
  [SeccompAction.TRAP, 0x00030000], [SeccompAction.ERRNO, 0x00050000],
  [SeccompAction.NOTIFY, 0x7fc00000], [SeccompAction.TRACE, 0x7ff00000], [SeccompAction.LOG, 0x7ffc0000], [SeccompAction.ALLOW, 0x7fff0000],
].map(([action, value]) => [`${action}`, value as number]));

/**
 * Whether it is a value that libseccomp returns: only ERRNO and TRACE have a datum.
 *
 * Building for a machine of the other byte order, it swaps the operand of a return twice where a long program needs a second one of the
 * kind. The machine itself would not.
 */
function isReturnValue(operand: number): boolean {
  const withDatum = [SeccompAction.ERRNO, SeccompAction.TRACE].map(action => RETURN_VALUES.get(`${action}`)! >>> 16);
  return (operand & 0xffff) === 0 ? [...RETURN_VALUES.values()].includes(operand) : withDatum.includes(operand >>> 16);
}

/** What a filter returns that does what a decision says. */
export function returnValue({ action, errno = 0 }: Decision): number {
  return RETURN_VALUES.get(`${action}`)! + errno;
}
