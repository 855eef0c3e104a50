import type { EmbeddedText, Range } from './manifest';

/** Lengths of what stands for one character, by what follows the backslash; two, if it is not here. JSON has no others but `u`. */
const ESCAPES: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/** Where the characters of a quoted string stand: JSON, and YAML with either kind of quotes on one line. */
export function inQuotes(text: string, range: Range): EmbeddedText {
  const offsets = offsetsOf(text, range);
  return { range, offset: index => offsets ? offsets[Math.min(index, offsets.length - 1)] : range[0] };
}

/** Undefined for text that goes over several lines: YAML folds them. */
function offsetsOf(text: string, [begin, end]: Range): number[] | undefined {
  const offsets: number[] = [];
  const quote = text[begin];
  let at = begin + 1;
  while (at < end - 1) {
    if (text[at] === '\n') return undefined;
    offsets.push(at);
    const width = quote === '"' && text[at] === '\\' ? ESCAPES[text[at + 1]] ?? 2 : quote === '\'' && text[at] === '\'' ? 2 : 1;
    at += width;
  }
  return [...offsets, end - 1];
}
