import { Piece, PiecePlaces } from './piece';
import type { Locate, ProfilePlace } from '../../manifests/checker';
import { keysOf } from '../../private/json';
import { Lines, Place } from '../input/lines';

/** A part of a text: the offsets of its beginning and of its end (exclusive). */
export type Range = readonly [begin: number, end: number];

/** A text inside a text, such as a profile in a ConfigMap. */
export interface EmbeddedText {
  /** Returns the offset of a character in the surrounding text. */
  readonly offset: (index: number) => number;
  /** Part of the surrounding text to replace with another text. */
  readonly range: Range;
  /** Encodes another text for `range`; undefined if that is not possible. */
  readonly write?: (text: string) => string;
}

/** A document as plain values, with their places in the file. */
export interface LocatedDocument {
  readonly value: unknown;
  readonly locate: Locate;
  /** Returns the text to which keys lead, with offsets in the piece; undefined if there is none. */
  readonly embedded: (keys: readonly string[]) => EmbeddedText | undefined;
}

/** Returns the place of a finding in a text inside a piece. */
export function placeInside(places: PiecePlaces, embedded: EmbeddedText, text: string, found: ProfilePlace): Place {
  const { path, line = 1, column = 1, length = 1 } = found;
  const begin = new Lines(text).offset(line, column);
  // A finding about the whole profile points at its beginning.
  return places.place(embedded.offset(begin), embedded.offset(path === '' ? begin : begin + length));
}

/** Returns the keys that lead to a finding. They end at a profile that is a text, and continue into a profile that is an object. */
export function placeKeys(keys: readonly string[], found: ProfilePlace | undefined, isText: boolean): readonly string[] {
  return found && !isText ? [...keys, ...keysOf(found.path).map(String)] : keys;
}

/** Returns the whole piece, which is a profile. */
export function wholeText({ text }: Piece): EmbeddedText {
  return { range: [0, text.length], offset: index => index, write: other => other };
}
