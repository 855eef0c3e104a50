import { ArgumentCondition } from '../profile/document/document';
import { meets } from '../profile/filter/conditions';

type Conditions = readonly ArgumentCondition[];

/**
 * Returns arguments that meet the conditions of two rules at once, by index; undefined if none were found. A result is certain; between masks
 * and inequalities on one argument it may miss one.
 */
export function meetingBoth(one: Conditions, other: Conditions, is64bit: boolean): [number, bigint][] | undefined {
  const all = [...one, ...other];
  const found = [...new Set(all.map(({ index }) => index))].map((index): [number, bigint | undefined] => {
    const own = all.filter(condition => condition.index === index);
    return [index, candidates(own, is64bit).find(value => own.every(condition => meets(condition, value)))];
  });
  return found.every((each): each is [number, bigint] => each[1] !== undefined) ? found : undefined;
}

/** Returns the values that conditions on one argument compare with, their neighbours, and the union of all masks. */
function candidates(conditions: Conditions, is64bit: boolean): bigint[] {
  const bits = is64bit ? 64 : 32;
  const masks = conditions.filter(({ op }) => op === 'SCMP_CMP_MASKED_EQ');
  const asked = masks.reduce((value, { value: mask, valueTwo = 0n }) => value | (valueTwo & mask), 0n);
  const points = conditions.flatMap(({ op, value, valueTwo = 0n }) => op === 'SCMP_CMP_MASKED_EQ' ? [valueTwo & value] : [value - 1n, value, value + 1n]);
  return [asked, ...points, ...points.map(point => point | asked), 0n, -1n].map(value => BigInt.asUintN(bits, value));
}
