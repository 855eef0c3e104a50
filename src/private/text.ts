/** `a, b and c`. */
export function enumerate(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The first so many, and how many more there are. */
export function shorten(words: readonly string[], limit = 12): string {
  return words.length <= limit + 1 ? enumerate(words) : `${words.slice(0, limit).join(', ')} and ${words.length - limit} more`;
}

/** Puts values under the keys that they have in common, in the order of the keys' first appearance. */
export function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}
