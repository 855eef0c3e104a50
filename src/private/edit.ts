/** A change at one place of a document: sets or removes a value. */
export interface Edit {
  readonly path: readonly (string | number)[];
  /** New value; undefined removes the old one. */
  readonly value?: unknown;
}
