import { Piece } from './piece';

/** Size above which a document must be a list: the API server accepts no such resource. */
const LARGE = 2 * 1024 * 1024;

/**
 * Divides a YAML stream into its documents, and a large list into its items, and holds only one of them at a time.
 *
 * A line that begins with `---` or `...` is never part of a document: YAML forbids it even inside texts.
 *
 * @see https://yaml.org/spec/1.2.2/#914-explicit-documents
 */
export function* yamlPieces(chunks: Iterable<string>): Iterable<Piece> {
  const documents = new Documents();
  for (const line of linesOf(chunks)) yield* documents.next(line);
  yield* documents.end();
}

/** Returns lines with their line ends. A long line spans many chunks. */
function* linesOf(chunks: Iterable<string>): Iterable<string> {
  let parts: string[] = [];
  for (const chunk of chunks) {
    let begin = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', begin)) {
      const rest = chunk.slice(begin, end + 1);
      yield parts.length > 0 ? parts.join('') + rest : rest;
      parts = [];
      begin = end + 1;
    }
    if (begin < chunk.length) parts.push(chunk.slice(begin));
  }
  if (parts.length > 0) yield parts.join('');
}

class Documents {
  private lines: string[] = [];
  private size = 0;
  /** Number of the first of the lines, and of the next line. */
  private first = 1;
  private number = 1;
  /** True if the document has more than comments and directives. */
  private isBegun = false;
  private isAsked = false;
  /** Indentation of the items of a large list, while they are read. */
  private items?: string;

  public *next(line: string): Iterable<Piece> {
    const isStart = /^\ufeff?---(?=\s|$)/.test(line);
    if (isStart && this.isBegun) yield* this.cut();
    else if (this.items !== undefined) yield* this.nextOfList(line);
    this.push(line);
    if (isStart || !/^\ufeff?(\s*(#.*)?$|%)/.test(line)) this.isBegun = true;
    if (/^\.\.\.(?=\s|$)/.test(line)) yield* this.cut();
    else if (this.size > LARGE && !this.isAsked) yield* this.divide();
  }

  public *end(): Iterable<Piece> {
    if (this.lines.length > 0) yield* this.cut();
  }

  private push(line: string): void {
    this.lines.push(line);
    this.size += line.length;
    this.number++;
  }

  private *cut(): Iterable<Piece> {
    yield this.piece(this.items !== undefined);
    this.items = undefined;
    this.isBegun = false;
    this.isAsked = false;
  }

  private piece(isWrapped: boolean): Piece {
    const piece = { text: this.lines.join(''), line: this.first, column: 1, isWrapped };
    this.lines = [];
    this.size = 0;
    this.first = this.number;
    return piece;
  }

  /** Divides a large list into its items. An anchor of one item is not known in the next then, unlike in a small list. */
  private *divide(): Iterable<Piece> {
    this.isAsked = true;
    const at = this.lines.findIndex(line => /^items:\s*(#.*)?$/.test(line));
    const [indentation] = at < 0 ? [] : /^ *(?=- )/.exec(this.lines.slice(at + 1).find(line => !/^\s*(#.*)?$/.test(line)) ?? '') ?? [];
    if (indentation === undefined) return;
    const lines = this.lines;
    [this.lines, this.size, this.number] = [[], 0, this.first];
    for (const [index, line] of lines.entries()) {
      if (index === at + 1) {
        yield this.piece(false);
        this.items = indentation;
      } else if (this.items !== undefined) {
        yield* this.nextOfList(line);
      }
      this.push(line);
    }
  }

  private *nextOfList(line: string): Iterable<Piece> {
    const [spaces] = /^ */.exec(line)!;
    if (/^\s*(#.*)?$/.test(line) || spaces.length > this.items!.length) return;
    const isItem = spaces === this.items && /^-(\s|$)/.test(line.slice(spaces.length));
    if (this.lines.length > 0) yield this.piece(true);
    if (!isItem) this.items = undefined;
  }
}
