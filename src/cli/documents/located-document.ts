import { Piece, PiecePlaces } from './piece';
import type { Locate, ProfilePlace } from '../../manifests/checker';
import { keysOf } from '../../private/json';
import { Lines, Place } from '../input/lines';

/** A part of a text: the offset where it begins, and the one behind its end. */
export type Range = readonly [begin: number, end: number];

/** A text inside of a text, such as a profile in a ConfigMap. */
export interface EmbeddedText {
  /** Where a character of it stands in the text around it. */
  readonly offset: (index: number) => number;
  /** What is replaced to write another text. */
  readonly range: Range;
  /** What has to stand at `range` for another text to be read; undefined if it cannot be written so. */
  readonly write?: (text: string) => string;
}

/** A document as plain values, and where they stand in the file. */
export interface LocatedDocument {
  readonly value: unknown;
  readonly locate: Locate;
  /** The text to which keys lead, with offsets of the piece; undefined where there is none. */
  readonly embedded: (keys: readonly string[]) => EmbeddedText | undefined;
}

/** The place of something found in a text that stands inside of a piece. */
export function placeInside(places: PiecePlaces, embedded: EmbeddedText, text: string, found: ProfilePlace): Place {
  const { path, line = 1, column = 1, length = 1 } = found;
  const begin = new Lines(text).offset(line, column);
  // What is about the whole profile points at its beginning.
  return places.place(embedded.offset(begin), embedded.offset(path === '' ? begin : begin + length));
}

/** What leads to the place of a finding: in a profile that is there as text it ends at the text, otherwise it goes on. */
export function placeKeys(keys: readonly string[], found: ProfilePlace | undefined, isText: boolean): readonly string[] {
  return found && !isText ? [...keys, ...keysOf(found.path).map(String)] : keys;
}

/** All of a piece, which is a profile itself. */
export function wholeText({ text }: Piece): EmbeddedText {
  return { range: [0, text.length], offset: index => index, write: other => other };
}
