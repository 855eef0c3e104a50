import { Between, Symptom } from './symptom';

/** Pieces in the order of a line. The time to search for them grows only with the length of the line. */
export interface Pattern {
  readonly symptom: Symptom;
  readonly pieces: readonly string[];
  /** The text with its capitals. */
  readonly written: string;
  /** Length of the text: if two symptoms match, the longer one counts. */
  readonly weight: number;
  /** Text that one of the lines above must have. */
  readonly after?: Mark;
}

/** A text that makes another text below it a symptom. */
export interface Mark {
  readonly pieces: readonly string[];
  readonly written: string;
}

const GAP = '…';
const ESCAPE = '\u001b';

export function patternsOf(symptom: Symptom): Pattern[] {
  return symptom.texts.map(entry => {
    const [text, after] = typeof entry === 'string' ? [entry] : [entry.text, entry.after];
    const pieces = piecesOf(text);
    const length = pieces.join('').length + (after?.length ?? 0);
    const mark = after === undefined ? undefined : { pieces: piecesOf(after), written: after };
    return { symptom, pieces, written: text, weight: symptom.isGeneral ? length / 1000 : length, after: mark };
  });
}

function piecesOf(text: string): string[] {
  return text.toLowerCase().split(GAP);
}

/** Returns a line in the form that patterns match: lower case, no colours, no backslashes before quotes, single spaces. */
export function plain(line: string): string {
  const uncoloured = line.includes(ESCAPE) ? line.replace(/\u001b\[[0-9;]*m/g, '') : line;
  const unescaped = uncoloured.includes('\\') ? uncoloured.replace(/\\+"/g, '"') : uncoloured;
  return unescaped.replace(/\s\s+|[^\S ]/g, ' ').toLowerCase();
}

/** True if a plain line has the pieces, in this order. */
export function hasPieces(line: string, pieces: readonly string[]): boolean {
  let at = 0;
  for (const piece of pieces) {
    const found = indexOfPiece(line, piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

function indexOfPiece(line: string, piece: string, from: number): number {
  for (let at = line.indexOf(piece, from); at >= 0; at = line.indexOf(piece, at + 1)) {
    if (!isWithinNumber(line, at) && !isWithinNumber(line, at + piece.length)) return at;
  }
  return -1;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

function isWithinNumber(line: string, at: number): boolean {
  return isDigit(line.charCodeAt(at - 1)) && isDigit(line.charCodeAt(at));
}

/** Returns the text between two others, with the capitals of the line. */
export function between(line: string, { begin, end }: Between): string | undefined {
  const text = line.replace(/\\+"/g, '"');
  const start = text.indexOf(begin);
  if (start < 0) return undefined;
  const from = start + begin.length;
  const stop = text.indexOf(end, from);
  return stop < 0 ? undefined : text.slice(from, stop);
}
