const VERSION = /^v?(\d+(?:\.\d+)*)(?:-rc\.?(\d+))?/;

/**
 * Orders dotted versions: below 0 if the first is the older one. A part that is missing is 0, and a release candidate comes before its release;
 * what else follows the digits, as in `2.5.4+deb12u1` or `5.10.0-18-amd64`, does not count.
 */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.max(left.numbers.length, right.numbers.length); at++) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.candidate === right.candidate ? 0 : left.candidate - right.candidate;
}

/** True if a version is a given one or newer. */
export function isAtLeast(version: string, required: string): boolean {
  return compareVersions(version, required) >= 0;
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly candidate: number } {
  const [, digits = '', candidate] = VERSION.exec(version) ?? [];
  return { numbers: digits.split('.').map(Number), candidate: candidate === undefined ? Infinity : Number(candidate) };
}
