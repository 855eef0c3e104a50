import type { EmbeddedText, Range } from './located-document';

/** Lengths of escapes by the character after the backslash; all others have two characters. JSON has only `u` of these. */
const ESCAPES: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/** Returns the text in a quoted string of JSON, or of YAML with either kind of quotes. */
export function inQuotes(text: string, range: Range): EmbeddedText {
  const offsets = offsetsOf(text, range);
  return { range, offset: index => offsets ? offsets[Math.min(index, offsets.length - 1)] : range[0], write: JSON.stringify };
}

/** Returns the offset of each character; undefined for text over several lines, which YAML folds. */
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

/** Returns the text in a literal block of YAML: the lines of the value, each with an indentation. */
export function inBlock(text: string, [begin, end]: Range): EmbeddedText {
  const bodyBegin = text.indexOf('\n', begin) + 1;
  const body = text.slice(bodyBegin, end);
  // JSON does not begin with spaces: the first line that is not empty shows the indentation.
  const indentation = /^ */m.exec(body.replace(/^\s*\n/, ''))![0];
  const starts: (readonly [index: number, offset: number])[] = [];
  let [index, offset] = [0, bodyBegin];
  for (const line of body.split('\n')) {
    const indented = Math.min(indentation.length, line.length);
    starts.push([index, offset + indented]);
    index += line.replace(/\r$/, '').length - indented + 1;
    offset += line.length + 1;
  }
  return {
    range: [bodyBegin, end],
    offset: at => {
      const [first, start] = starts[starts.filter(([each]) => each <= at).length - 1];
      return start + at - first;
    },
    write: value => value.trimEnd().split('\n').map(line => line && indentation + line).join('\n') + /\s*$/.exec(body)![0],
  };
}

/** Returns a text that is located only by its beginning, such as a folded block. */
export function inFolds(range: Range): EmbeddedText {
  return { range, offset: () => range[0] };
}
