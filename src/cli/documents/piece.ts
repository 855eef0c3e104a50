import { InputError } from '../../private/errors';
import { Lines, Place } from '../input/lines';

/** A part of a stream that can be read by itself: a document, or one item of a large list. */
export interface Piece {
  readonly text: string;
  /** Where it begins in the file. */
  readonly line: number;
  readonly column: number;
  /** What the list says of its items, as far as it has said it by then. */
  readonly list?: { readonly kind?: string; readonly apiVersion?: string };
  /** Whether `text` is a list with the item in it, as YAML writes it. */
  readonly isWrapped?: boolean;
}

/** The places of a piece as places of its file. */
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
