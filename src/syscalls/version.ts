/**
 * Whether a dotted version is a given one or newer; what follows the digits, as in `2.5.4+deb12u1`, does not count.
 */
export function isAtLeast(version: string, required: string): boolean {
  const [have, need] = [version, required].map(text => (text.match(/^\d+(\.\d+)*/)?.[0] ?? '').split('.').map(Number));
  const differs = need.findIndex((part, at) => (have[at] ?? 0) !== part);
  return differs < 0 || (have[differs] ?? 0) > need[differs];
}
