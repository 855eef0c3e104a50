/**
 * A copy. A part of a text keeps all of the text in memory, and what is kept until all manifests are read are names out of them.
 */
export function detached<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
