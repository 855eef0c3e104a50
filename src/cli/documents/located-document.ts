import type { Locate } from '../../manifests/checker';
import { keysOf } from '../../private/json';
import { Lines } from '../input/lines';

/** A document as plain values, and where they stand. */
export interface LocatedDocument {
  readonly value: unknown;
  readonly locate: Locate;
}

/** Where in a text something begins that a finding is about. */
export function offsetIn(text: string, { line = 1, column = 1 }: { readonly line?: number; readonly column?: number }): number {
  return new Lines(text).offset(line, column);
}

/** What leads to the place of a finding: in a profile that is there as text it ends at the text, otherwise it goes on. */
export function placeKeys(keys: readonly string[], found: Parameters<Locate>[1], isText: boolean): readonly string[] {
  return found && !isText ? [...keys, ...keysOf(found.path).map(String)] : keys;
}
