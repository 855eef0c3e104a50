/** A change of one place of a document: a value put there, or taken away. */
export interface Edit {
  readonly path: readonly (string | number)[];
  /** Undefined takes it away. */
  readonly value?: unknown;
}
