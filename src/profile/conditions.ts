import { ArgumentCondition } from './document';

/** The part of an argument that exists on a 32-bit ABI. */
export const LOW_WORD = 0xffff_ffffn;

/** Whether an argument meets a condition, both as unsigned integers of the ABI's width. */
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
 * The condition as libseccomp builds it into the filter of a 32-bit ABI: only the low word of an argument exists there, and only the low word
 * of the values is compared.
 */
export function narrowed(condition: ArgumentCondition): ArgumentCondition {
  const { value, valueTwo } = condition;
  return { ...condition, value: value & LOW_WORD, ...(valueTwo === undefined ? {} : { valueTwo: valueTwo & LOW_WORD }) };
}

export function narrow(argument: bigint): bigint {
  return argument & LOW_WORD;
}

/**
 * Two conditions that libseccomp takes for the same node of its tree.
 */
export function sameConditions(a: readonly ArgumentCondition[], b: readonly ArgumentCondition[]): boolean {
  return a.length === b.length && canonical(a) === canonical(b);
}

function canonical(conditions: readonly ArgumentCondition[]): string {
  return conditions.map(({ index, op, value, valueTwo = 0n }) => op === 'SCMP_CMP_MASKED_EQ'
    ? `${index}&${value}=${valueTwo & value}`
    : `${index}${op}${value}`).sort().join();
}

/**
 * Why libseccomp, up to 2.6.1, may build another filter for these rules than they say; undefined if it builds what they say.
 *
 * The rules are those of one system call on one ABI. The border is a measured one: inside it, filters built from generated rule sets never
 * differed from the rules.
 *
 * @see docs/guides/how-a-profile-is-read.md
 */
export function unfaithful(rules: readonly (readonly ArgumentCondition[])[]): string | undefined {
  if (rules.length < 2) return undefined;
  const all = rules.flat();
  if (all.every(({ op }) => op === 'SCMP_CMP_EQ' || op === 'SCMP_CMP_MASKED_EQ')) return undefined;
  if (rules.some(conditions => conditions.length > 1)) {
    return 'several rules, some with several conditions, and an operator other than EQ and MASKED_EQ';
  }
  const wide = all.find(({ op, value }) => value > LOW_WORD && !['SCMP_CMP_EQ', 'SCMP_CMP_MASKED_EQ', 'SCMP_CMP_NE'].includes(op));
  return wide && `several rules, and ${wide.op} with the value ${wide.value}, above 2^32 - 1`;
}
