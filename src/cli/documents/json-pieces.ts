import { Piece } from './piece';

const [NEWLINE, SPACE, QUOTE, COMMA, COLON] = [0x0a, 0x20, 0x22, 0x2c, 0x3a];
const BYTE_ORDER_MARK = 0xfeff;
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d];

/**
 * Divides a stream of JSON documents, as `kubectl` and `jq` print them, into documents and into the `items` of lists, and holds only one of them at a
 * time. A list comes after its items, with null in their place.
 */
export function* jsonPieces(chunks: Iterable<string>): Iterable<Piece> {
  const scanner = new Scanner();
  for (const chunk of chunks) {
    scanner.scan(chunk);
    yield* scanner.take();
  }
  scanner.end();
  yield* scanner.take();
}

interface Open {
  readonly line: number;
  readonly column: number;
  readonly parts: string[];
}

class Scanner {
  private done: Piece[] = [];
  private chunk = '';
  /** Beginning of the part of the chunk that is not in a document or item yet. */
  private from = 0;
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  private line = 1;
  /** Number of characters before the line, and before the chunk. */
  private lineStart = 0;
  private chunkStart = 0;
  private document?: Open;
  private item?: Open;
  private inItems = false;
  /** The current field of the document, its last text, and the fields that say what its items are. */
  private key = '';
  private lastText = '';
  private fields: Record<string, string> = {};

  public take(): Piece[] {
    const { done } = this;
    this.done = [];
    return done;
  }

  public scan(chunk: string): void {
    this.chunk = chunk;
    this.from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (this.isText) this.inText(code, at);
      else if (code > SPACE) this.outside(code, at);
      if (code === NEWLINE) this.endLine(at);
    }
    this.save(chunk.length);
    this.chunkStart += chunk.length;
  }

  public end(): void {
    if (this.item) this.emit(this.item, true);
    else if (this.document) this.emit(this.document, false);
  }

  private inText(code: number, at: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (code === BACKSLASH) this.isEscaped = true;
    else if (code === QUOTE) this.endText();
    // The names that matter here are shorter, and written without escapes.
    if (this.depth === 1 && this.isText && this.lastText.length < 256) this.lastText += this.chunk[at];
  }

  private endText(): void {
    this.isText = false;
    if (this.depth === 1 && (this.key === 'kind' || this.key === 'apiVersion')) this.fields[this.key] = this.lastText;
  }

  private outside(code: number, at: number): void {
    if (code === BYTE_ORDER_MARK && !this.document) return;
    if (code === CLOSE_OBJECT || code === CLOSE_LIST) return this.close(at);
    if (code === COMMA) {
      if (this.depth === 1) this.key = '';
      if (this.item && this.depth === 2) this.endItem(at);
      return;
    }
    if (!this.document || (this.inItems && this.depth === 2 && !this.item)) this.begin(at);
    if (code === QUOTE) {
      this.isText = true;
      if (this.depth === 1) this.lastText = '';
    } else if (code === COLON) {
      if (this.depth === 1) this.key = this.lastText;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      this.depth++;
      if (this.depth === 2 && code === OPEN_LIST && this.key === 'items') this.inItems = true;
    }
  }

  private begin(at: number): void {
    const open = { line: this.line, column: this.chunkStart + at - this.lineStart + 1, parts: [] };
    this.save(at);
    if (this.document) {
      this.document.parts.push('null');
      this.item = open;
    } else {
      this.document = open;
      [this.key, this.lastText, this.fields] = ['', '', {}];
    }
  }

  private close(at: number): void {
    if (this.item && this.depth === 2) this.endItem(at);
    // A bracket too many: the parser will report it.
    if (this.depth === 0) return this.document ? undefined : this.begin(at);
    this.depth--;
    if (this.item && this.depth === 2) this.endItem(at + 1);
    if (this.depth === 1) this.inItems = false;
    if (this.depth === 0) this.endDocument(at + 1);
  }

  private endLine(at: number): void {
    this.line++;
    this.lineStart = this.chunkStart + at + 1;
    if (this.document && this.depth === 0 && !this.isText) this.endDocument(at);
  }

  private endItem(to: number): void {
    this.save(to);
    this.emit(this.item!, true);
    this.item = undefined;
  }

  private endDocument(to: number): void {
    this.save(to);
    // `---` may separate documents, as in YAML.
    if (this.document!.parts.join('').trim() !== '---') this.emit(this.document!, false);
    this.document = undefined;
  }

  private emit({ line, column, parts }: Open, isItem: boolean): void {
    this.done.push({ text: parts.join(''), line, column, list: isItem ? { ...this.fields } : undefined });
  }

  private save(to: number): void {
    const text = this.chunk.slice(this.from, to);
    this.from = to;
    if (text === '') return;
    if (this.item) this.item.parts.push(text);
    // Space between items is trimmed: a slice of a chunk would keep the whole chunk in memory.
    else this.document?.parts.push(this.inItems ? text.trim() : text);
  }
}
