/** Copies a value, so that it does not keep in memory the text of a manifest that it is a part of. */
export function compactCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
