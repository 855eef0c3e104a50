import { sameAnswer } from './answers';
import { AnsweredConditions, haveSameConditions, LOW_WORD, narrowed } from './conditions';
import { ArgumentCondition } from '../document/document';

/** Conditions on different arguments; a call has to meet all of them. */
export type Conditions = readonly ArgumentCondition[];

const ALL_BITS = 2n ** 64n - 1n;
const OPPOSITE: Readonly<Record<string, string>> = {
  SCMP_CMP_EQ: 'SCMP_CMP_NE',
  SCMP_CMP_NE: 'SCMP_CMP_EQ',
  SCMP_CMP_LT: 'SCMP_CMP_GE',
  SCMP_CMP_GE: 'SCMP_CMP_LT',
  SCMP_CMP_GT: 'SCMP_CMP_LE',
  SCMP_CMP_LE: 'SCMP_CMP_GT',
};

/** Returns a reason if a call can meet two rules with different actions: libseccomp then chooses by its internal order. */
export function overlapping(rules: readonly AnsweredConditions[]): string | undefined {
  const clash = rules.some((one, at) => rules.slice(at + 1)
    .some(other => !sameAnswer(one.answer, other.answer) && !areDisjoint(one.conditions, other.conditions)));
  return clash ? 'two rules with different actions that one call can meet' : undefined;
}

/** True if equalities show that no call can meet both, on 32-bit and 64-bit ABIs. */
function areDisjoint(a: Conditions, b: Conditions): boolean {
  return exclude(a, b) && exclude(a.map(narrowed), b.map(narrowed));
}

function exclude(a: Conditions, b: Conditions): boolean {
  return a.some(one => b.some(other => one.index === other.index && (bothMasks(one, other) === 'never' || isOpposite(one, other))));
}

/** Returns conditions that are met if both are. */
export function bothConditions(a: Conditions, b: Conditions): Conditions | 'never' | 'inexpressible' {
  if (haveSameConditions(a, b)) return a;
  const result = new Map(a.map(condition => [condition.index, condition]));
  for (const condition of b) {
    const other = result.get(condition.index);
    const merged = other ? bothMasks(other, condition) : condition;
    if (typeof merged === 'string') return merged;
    result.set(condition.index, merged);
  }
  return [...result.values()];
}

/** Returns conditions that are met if none of these is; undefined if rules cannot express that. */
export function complementOf(alternatives: readonly Conditions[]): Conditions[] | undefined {
  if (alternatives.some(conditions => conditions.length !== 1)) return undefined;
  const conditions = alternatives.map(([condition]) => condition);
  const noBit = complementOfBits(conditions);
  if (noBit) return [[noBit]];
  const [only, ...others] = conditions;
  const op = OPPOSITE[only.op];
  return others.length === 0 && op ? [[{ ...only, op }]] : undefined;
}

/** Returns one mask for none of several single bits being set. */
function complementOfBits(conditions: readonly ArgumentCondition[]): ArgumentCondition | undefined {
  const { index } = conditions[0];
  const isBit = ({ op, value, valueTwo = 0n }: ArgumentCondition) =>
    op === 'SCMP_CMP_MASKED_EQ' && value === valueTwo && value !== 0n && (value & (value - 1n)) === 0n;
  if (!conditions.every(condition => condition.index === index && isBit(condition))) return undefined;
  const mask = conditions.reduce((bits, { value }) => bits | value, 0n);
  // A 32-bit ABI does not have a higher bit, so the condition would always be met there, and its negation too.
  if (mask > LOW_WORD) return undefined;
  return { index, op: 'SCMP_CMP_MASKED_EQ', value: mask, valueTwo: 0n };
}

/** Combines two conditions on one argument. Only equalities can be combined. */
function bothMasks(a: ArgumentCondition, b: ArgumentCondition): ArgumentCondition | 'never' | 'inexpressible' {
  const [left, right] = [asMask(a), asMask(b)];
  if (!left || !right) return haveSameConditions([a], [b]) ? a : 'inexpressible';
  const common = left.mask & right.mask;
  if ((left.bits & common) !== (right.bits & common)) return 'never';
  return { index: a.index, op: 'SCMP_CMP_MASKED_EQ', value: left.mask | right.mask, valueTwo: left.bits | right.bits };
}

function asMask({ op, value, valueTwo = 0n }: ArgumentCondition): { mask: bigint; bits: bigint } | undefined {
  if (op === 'SCMP_CMP_EQ') return { mask: ALL_BITS, bits: value };
  return op === 'SCMP_CMP_MASKED_EQ' ? { mask: value, bits: valueTwo & value } : undefined;
}

function isOpposite(a: ArgumentCondition, b: ArgumentCondition): boolean {
  return OPPOSITE[a.op] === b.op && a.value === b.value;
}
