import { sameAnswer } from './answers';
import { AnsweredConditions, isExact, isContiguousPart, haveSameConditions, isPrefix, LOW_WORD } from './conditions';
import { ArgumentCondition } from '../document/document';

const WORD_BITS = 32n;

/**
 * Returns the reason why libseccomp, up to 2.6.1, may build a filter that differs from the rules of a call on an ABI; undefined if it does not.
 *
 * The limit was measured: within it, filters that libseccomp built from generated rule sets never differed from the rules.
 *
 * @see docs/guides/how-a-profile-is-read.md
 */
export function miscompiledReason(rules: readonly AnsweredConditions[]): string | undefined {
  if (rules.length < 2 || isSplitCombination(rules)) return undefined;
  const all = rules.map(({ conditions }) => conditions);
  const combined = all.some(conditions => conditions.length > 1);
  if (combined && !all.every(isExact)) return 'several rules, some with several conditions, and an operator other than EQ and MASKED_EQ';
  if (combined && all.some(conditions => all.some(others => isContiguousPart(others, conditions) && !isPrefix(others, conditions)))) {
    return 'several rules, and one has only the later conditions of another';
  }
  if (all.some((conditions, at) => !isExact(conditions) && all.slice(0, at).some(others => haveSameConditions(others, conditions)))) {
    return 'several rules, two of them with the same conditions and different actions';
  }
  const wide = all.flat().find(condition => condition.value > LOW_WORD && (combined || !isReliablyWide(condition, all.flat())));
  return wide && `several rules, ${combined ? 'some with several conditions, ' : ''}and ${wide.op} with the value ${wide.value}, above 2^32 - 1`;
}

/** True if a condition with a value above 2^32 - 1 is reliable among rules of one condition each. */
function isReliablyWide(condition: ArgumentCondition, all: readonly ArgumentCondition[]): boolean {
  if (condition.op === 'SCMP_CMP_EQ' || condition.op === 'SCMP_CMP_NE') return true;
  return condition.op === 'SCMP_CMP_MASKED_EQ' && all.every(other => other.index !== condition.index || haveDistinctUpperHalves(condition, other));
}

/** True if the upper halves of two equalities are the same, or exclude each other. */
function haveDistinctUpperHalves(one: ArgumentCondition, other: ArgumentCondition): boolean {
  if (!isExact([one, other])) return false;
  const [upper, otherUpper] = [upperHalf(one), upperHalf(other)];
  const common = upper.mask & otherUpper.mask;
  return (upper.bits & common) !== (otherUpper.bits & common) || (upper.mask === otherUpper.mask && upper.bits === otherUpper.bits);
}

function upperHalf({ op, value, valueTwo = 0n }: ArgumentCondition): { mask: bigint; bits: bigint } {
  return op === 'SCMP_CMP_EQ' ? { mask: LOW_WORD, bits: value >> WORD_BITS } : { mask: value >> WORD_BITS, bits: (valueTwo & value) >> WORD_BITS };
}

/**
 * True for rules with which an allowlist denies a combination of values: the first rule requires all of them, and each other rule, with another
 * answer, requires one of them to differ.
 */
function isSplitCombination([first, ...others]: readonly AnsweredConditions[]): boolean {
  const combination = first.conditions;
  const isOtherValue = ({ op, index, value }: ArgumentCondition) => op === 'SCMP_CMP_NE' && combination.some(each => each.index === index && each.value === value);
  return combination.every(({ op, value }) => op === 'SCMP_CMP_EQ' && value <= LOW_WORD)
    && others.every(({ conditions, answer }) => conditions.length === 1 && isOtherValue(conditions[0]) && !sameAnswer(answer, first.answer));
}
