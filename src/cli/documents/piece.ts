import { InputError } from '../../private/errors';
import { Lines, Place } from '../input/lines';

/** A part of a stream that can be read alone: a document, or one item of a large list. */
export interface Piece {
  readonly text: string;
  /** Line in the file where it begins. */
  readonly line: number;
  /** Column in that line. */
  readonly column: number;
  /** Fields of the list that say what its items are, if they come before the item. */
  readonly list?: { readonly kind?: string; readonly apiVersion?: string };
  /** True if `text` is a YAML list with the item as its only element. */
  readonly isWrapped?: boolean;
}

/** Converts places in a piece to places in its file. */
export class PiecePlaces {
  private lazyLines?: Lines;

  public constructor(private readonly piece: Piece) {}

  public get lines(): Lines {
    this.lazyLines ??= new Lines(this.piece.text);
    return this.lazyLines;
  }

  public place(begin: number, end = begin): Place {
    const { line, column, length } = this.lines.place(begin, end);
    return { line: line + this.piece.line - 1, column: line === 1 ? column + this.piece.column - 1 : column, length };
  }

  public error(message: string, offset: number): InputError {
    const { line, column } = this.place(offset);
    return new InputError(message, { line, column });
  }
}
