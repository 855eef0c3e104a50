import { Answer } from './answers';
import { ArgumentCondition } from '../document/document';

/** The part of an argument that exists on a 32-bit ABI. */
export const LOW_WORD = 0xffff_ffffn;

/** Conditions of a rule for one system call, and its answer. */
export interface AnsweredConditions {
  readonly conditions: readonly ArgumentCondition[];
  readonly answer: Answer;
}

/** True if an argument meets a condition, both as unsigned integers of the ABI's width. */
export function meets(condition: ArgumentCondition, argument: bigint): boolean {
  const { value, valueTwo = 0n } = condition;
  switch (condition.op) {
    case 'SCMP_CMP_NE': return argument !== value;
    case 'SCMP_CMP_LT': return argument < value;
    case 'SCMP_CMP_LE': return argument <= value;
    case 'SCMP_CMP_EQ': return argument === value;
    case 'SCMP_CMP_GE': return argument >= value;
    case 'SCMP_CMP_GT': return argument > value;
    default: return (argument & value) === (valueTwo & value);
  }
}

/**
 * Returns the condition as libseccomp builds it into the filter of a 32-bit ABI: only the low word of an argument exists there, and only the low
 * word of the values is compared.
 */
export function narrowed(condition: ArgumentCondition): ArgumentCondition {
  const { value, valueTwo } = condition;
  return { ...condition, value: value & LOW_WORD, ...(valueTwo === undefined ? {} : { valueTwo: valueTwo & LOW_WORD }) };
}

export function narrow(argument: bigint): bigint {
  return argument & LOW_WORD;
}

/** True for a mask without bits, which every argument meets. libseccomp drops it: a rule with no other condition is unconditional. */
export function asksNothing({ op, value }: ArgumentCondition): boolean {
  return op === 'SCMP_CMP_MASKED_EQ' && value === 0n;
}

/** True if two rules have the same conditions. */
export function haveSameConditions(one: readonly ArgumentCondition[], other: readonly ArgumentCondition[]): boolean {
  return one.length === other.length && isPrefix(one, other);
}

/** True if the conditions of a rule are, in the order of the arguments, the first ones of another rule, or all of them. */
export function isPrefix(of: readonly ArgumentCondition[], conditions: readonly ArgumentCondition[]): boolean {
  if (conditions.length > of.length) return false;
  const [whole, start] = [canonical(of), canonical(conditions)];
  return start.every((condition, at) => condition === whole[at]);
}

/** True if the conditions of a rule are, in the order of the arguments, neighbouring ones of another rule, or all of them. */
export function isContiguousPart(of: readonly ArgumentCondition[], conditions: readonly ArgumentCondition[]): boolean {
  if (conditions.length > of.length) return false;
  const [whole, part] = [canonical(of), canonical(conditions)];
  const first = whole.indexOf(part[0]);
  return part.every((condition, at) => condition === whole[first + at]);
}

/** True if a rule compares only with EQ and MASKED_EQ: several conditions in several rules are reliable with no other operator. */
export function isExact(conditions: readonly ArgumentCondition[]): boolean {
  return conditions.every(({ op }) => op === 'SCMP_CMP_EQ' || op === 'SCMP_CMP_MASKED_EQ');
}

const canonicals = new WeakMap<readonly ArgumentCondition[], readonly string[]>();

/** Returns one text for conditions that share a node in libseccomp's tree. It is cached: each rule is compared with all others for its call. */
function canonical(conditions: readonly ArgumentCondition[]): readonly string[] {
  let texts = canonicals.get(conditions);
  if (!texts) {
    texts = conditions.map(({ index, op, value, valueTwo = 0n }) => op === 'SCMP_CMP_MASKED_EQ'
      ? `${index}&${value}=${valueTwo & value}`
      : `${index}${op}${value}`).sort();
    canonicals.set(conditions, texts);
  }
  return texts;
}
