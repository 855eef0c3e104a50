import { FIXTURES } from './fixtures';
import { random } from '../seeded-random';

const TOKENS = [
  '{', '}', '[', ']', ',', ':', '"', '\\', '\\u0000', '\u0000', '\ud800', 'null', 'true', '-1', '1e9', '0.5', '99999999999999999999', '{}', '[]', '"__proto__"',
  '"constructor"', '"names"', '"NAMES"', '"args"', '"includes"', '"archMap"', '"_comment"', '"SCMP_ACT_KILL"', '"SCMP_ACT_NOTIFY"', '"SCMP_ARCH_S390X"', '"SCMP_ARCH_MIPS"',
  '"SCMP_CMP_NE"', '"write"', '"clone3"', '"cloen3"', '65535', '4294967296', '""', ' ', '\n', '//',
];

/** A fixture in which something is changed: mostly JSON still, and often a profile. */
export function mutated(seed: number): string {
  const pick = random(seed);
  const { text } = FIXTURES[pick(FIXTURES.length)];
  if (pick(8) > 0) return withOthersFor(text, pick, 1 + pick(3));
  const at = pick(text.length + 1);
  return text.slice(0, at) + [TOKENS[pick(TOKENS.length)], ''][pick(2)] + text.slice(Math.min(text.length, at + pick(12)));
}

/** With some strings, numbers and lists replaced by others of the document, or by tokens. */
function withOthersFor(text: string, pick: (below: number) => number, changes: number): string {
  let result = text;
  for (let change = 0; change < changes; change++) {
    const literals = [...result.matchAll(/"[^"]*"|\d+|\[[^[\]]*\]/g)];
    if (literals.length === 0) return result;
    const { index, 0: literal } = literals[pick(literals.length)];
    const [other] = literals[pick(literals.length)];
    result = result.slice(0, index) + [other, TOKENS[pick(TOKENS.length)]][pick(2)] + result.slice(index + literal.length);
  }
  return result;
}
