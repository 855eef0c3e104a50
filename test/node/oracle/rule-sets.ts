import { arg } from './fixtures';
import { Random } from './random';
import { ArgumentCondition, ProfileDocument, SyscallRule } from '../../../src/profile/document';

const ANY = ['NE', 'LT', 'LE', 'EQ', 'GE', 'GT', 'MASKED_EQ'];
const EXACT = ['EQ', 'MASKED_EQ'];
const WORD = 2n ** 32n;

/** A direct call everywhere, one that some ABIs multiplex, and what they multiplex it through. */
const NAMES = ['prctl', 'lseek', 'personality', 'socket', 'semop', 'socketcall', 'ipc'];

const ANSWERS: readonly Pick<SyscallRule, 'action' | 'errnoRet'>[] = [
  { action: 'SCMP_ACT_ERRNO' }, { action: 'SCMP_ACT_ERRNO', errnoRet: 2 }, { action: 'SCMP_ACT_ALLOW' }, { action: 'SCMP_ACT_LOG' },
  { action: 'SCMP_ACT_TRAP' }, { action: 'SCMP_ACT_TRACE', errnoRet: 3 }, { action: 'SCMP_ACT_KILL_PROCESS' }, { action: 'SCMP_ACT_KILL_THREAD' },
];

interface Shape {
  readonly rules: number;
  readonly conditions: number;
  readonly operators: readonly string[];
  readonly wide: boolean;
}

/** The regions of the rule language that libseccomp may treat differently: what a set has to do with them, nobody says. */
const SHAPES: readonly Shape[] = [
  { rules: 1, conditions: 3, operators: ANY, wide: true },
  { rules: 4, conditions: 1, operators: ANY, wide: false },
  { rules: 4, conditions: 1, operators: ['EQ', 'NE', 'MASKED_EQ'], wide: true },
  { rules: 4, conditions: 3, operators: EXACT, wide: true },
  { rules: 4, conditions: 2, operators: ['EQ'], wide: false },
  { rules: 4, conditions: 3, operators: ANY, wide: true },
];

/** A document with a few rules for one system call or two, drawn from few values so that rules meet and overlap. */
export function ruleSet(random: Random): ProfileDocument {
  const shape = random.pick(SHAPES);
  const names = random.list(1 + random.below(2), () => random.pick(NAMES));
  const values = random.list(1 + random.below(3), () => value(random, shape.wide));
  const answers = random.list(1 + random.below(3), () => random.pick(ANSWERS));
  const indexes = random.list(1 + random.below(3), () => random.below(6));
  const rules = random.list(1 + random.below(shape.rules), (): SyscallRule => ({
    names: [random.pick(names)],
    ...random.pick(answers),
    args: random.list(random.below(20) === 0 ? 0 : 1 + random.below(shape.conditions), () => condition(random, shape, indexes, values)),
  }));
  // Without it an ABI that lacks one of the calls gets a filter of which nothing is said at all.
  const everywhere = { names: ['getpid'], action: 'SCMP_ACT_TRAP' };
  return { defaultAction: random.pick(['SCMP_ACT_ALLOW', 'SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO']), syscalls: random.below(4) === 0 ? rules : [everywhere, ...rules] };
}

function condition(random: Random, { operators }: Shape, indexes: readonly number[], values: readonly bigint[]): ArgumentCondition {
  const op = random.pick(operators);
  const first = BigInt.asUintN(64, random.pick(values) + random.pick([0n, 0n, 0n, 1n, -1n]));
  return arg(random.pick(indexes), op, first, op === 'MASKED_EQ' ? random.pick([first, 0n, random.pick(values), random.uint64()]) : undefined);
}

function value(random: Random, wide: boolean): bigint {
  const small = random.pick([0n, 1n, 2n, 5n, 16n, 0xffn, 0x10000000n, 0x80000000n, WORD - 1n, BigInt(random.word())]);
  return wide ? random.pick([small, small + WORD, small + random.pick([5n, 0x80000000n, WORD - 1n]) * WORD, random.uint64()]) : small;
}
