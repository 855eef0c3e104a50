/** Copies a value. A string that was cut from a manifest keeps the whole manifest in memory; its copy does not. */
export function compactCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
