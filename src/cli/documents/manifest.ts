import type { JsonNode } from '../../private/json';

/** A part of a text: the offset where it begins, and the one behind its end. */
export type Range = readonly [begin: number, end: number];

/** A text inside of a text, such as a profile in a ConfigMap. */
export interface EmbeddedText {
  /** Where a character of it stands in the file. */
  readonly offset: (index: number) => number;
  /** What is replaced to write another text. */
  readonly range: Range;
  /** What has to stand at `range` for another text to be read; undefined if it cannot be written so. */
  readonly write?: (text: string) => string;
}

/** One document of a file, whose values know where they stand in the file. */
export interface Manifest {
  readonly root: JsonNode;
  readonly range: (node: JsonNode) => Range;
  readonly embedded: (node: JsonNode) => EmbeddedText;
}
