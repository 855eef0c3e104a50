import { closeSync, openSync, readSync } from 'fs';
import { resolve } from 'path';
import { StringDecoder } from 'string_decoder';
import { attempt, STDIN } from './text-file';
import { Io } from '../io';

const CHUNK = 256 * 1024;
/** Maximum length of a line: a file without line ends must not fill the memory. */
const LONGEST = 64 * 1024;

/**
 * Reads the lines of a log, without their line ends; lines are cut after 64 Ki characters. A log can hold any bytes: those that are not UTF-8 become
 * U+FFFD.
 */
export function* logLines(name: string, io: Io): Iterable<string> {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  for (const bytes of logChunks(name, io)) {
    const text = decoder.write(bytes);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      yield clip(begun.length > 0 ? begun + text.slice(from, end) : text.slice(from, end));
      begun = '';
      from = end + 1;
    }
    if (begun.length < LONGEST) begun += text.slice(from, from + LONGEST);
  }
  begun += decoder.end();
  if (begun.length > 0) yield clip(begun);
}

function clip(line: string): string {
  const text = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function* logChunks(name: string, io: Io): Iterable<Uint8Array> {
  if (name === '-') {
    yield* attempt(STDIN, () => io.stdinChunks?.() ?? [Buffer.from(io.stdin())]);
    return;
  }
  const fd = attempt(name, () => openSync(resolve(io.cwd, name), 'r'));
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const length = attempt(name, () => readSync(fd, chunk));
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}
