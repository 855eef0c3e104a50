import { arg } from './fixtures';
import { Random } from './random';
import { SyscallArgument, SyscallRule } from '../../../src';
import { ArgumentCondition, DocumentRule, ProfileDocument } from '../../../src/profile/document/document';

const ANY = ['NE', 'LT', 'LE', 'EQ', 'GE', 'GT', 'MASKED_EQ'];
const EXACT = ['EQ', 'MASKED_EQ'];
const WORD = 2n ** 32n;

/** A direct call everywhere, one that some ABIs multiplex, and what they multiplex it through. */
const NAMES = ['prctl', 'lseek', 'personality', 'socket', 'semop', 'socketcall', 'ipc'];

/** Without it an ABI that lacks one of the calls gets a filter of which nothing is said at all. */
const EVERYWHERE: DocumentRule = { names: ['getpid'], action: 'SCMP_ACT_TRAP' };

const ANSWERS: readonly Pick<DocumentRule, 'action' | 'errnoRet'>[] = [
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
  if (random.below(10) === 0) return splitCombination(random);
  if (random.below(20) === 0) return range(random);
  const shape = random.pick(SHAPES);
  const names = random.list(1 + random.below(2), () => random.pick(NAMES));
  const values = random.list(1 + random.below(3), () => value(random, shape.wide));
  const answers = random.list(1 + random.below(3), () => random.pick(ANSWERS));
  const indexes = random.list(1 + random.below(3), () => random.below(6));
  const rules = random.list(1 + random.below(shape.rules), (): DocumentRule => ({
    names: [random.pick(names)],
    ...random.pick(answers),
    args: random.list(random.below(20) === 0 ? 0 : 1 + random.below(shape.conditions), () => condition(random, shape, indexes, values)),
  }));
  return { defaultAction: random.pick(['SCMP_ACT_ALLOW', 'SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO']), syscalls: random.below(4) === 0 ? rules : [EVERYWHERE, ...rules] };
}

/** A combination of values gets one answer, each other value another: what default profiles do with sockets of one protocol. */
function splitCombination(random: Random): ProfileDocument {
  const names = [random.pick(NAMES)];
  const indexes = [0, 1, 2, 3, 4, 5].filter(() => random.below(2) === 0);
  const combination = indexes.map(index => arg(index, 'EQ', value(random, random.below(8) === 0)));
  const others = combination.filter(() => random.below(4) > 0).map(each => ({ ...each, op: 'SCMP_CMP_NE' }));
  const [one, other] = [random.pick(ANSWERS), random.pick(ANSWERS)];
  const rules = [{ names, ...one, args: combination }, ...others.map(each => ({ names, ...random.pick([other, other, one]), args: [each] }))];
  const ordered = random.below(4) === 0 ? random.shuffled(rules) : rules;
  return { defaultAction: random.pick(['SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO']), syscalls: [EVERYWHERE, ...ordered, random.pick(rules)] };
}

/** A range, as authors write it: cut into masks, which can lie on both sides of 2^32. */
function range(random: Random): ProfileDocument {
  const from = Number(random.pick([random.uint64() >> 12n, value(random, false), WORD - BigInt(random.below(2000))]));
  const to = from + random.below(random.pick([4, 3000]));
  const rule = SyscallRule.deny(random.pick(NAMES)).when(SyscallArgument.int64(random.below(6)).isBetween(from, to));
  return { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [EVERYWHERE, ...rule._toDocument()] };
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
