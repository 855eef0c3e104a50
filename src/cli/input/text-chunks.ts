import { closeSync, openSync, readSync } from 'fs';
import { resolve } from 'path';
import { TextDecoder } from 'util';
import { attempt, STDIN } from './text-file';
import { InputError } from '../../private/errors';
import { Io } from '../io';

const CHUNK = 256 * 1024;

/**
 * Reads the text of a file or of standard input in chunks. A byte order mark stays. Bytes that are not UTF-8 are reported; the text around them is
 * still read.
 */
export function* textChunks(name: string, io: Io, report: (error: InputError) => void): Iterable<string> {
  const file = name === '-' ? STDIN : name;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const check = new Utf8Check(file, report);
  const bytes = (name === '-' ? stdinChunks(io) : fileChunks(resolve(io.cwd, name)))[Symbol.iterator]();
  try {
    for (;;) {
      const { value, done } = attempt(file, () => bytes.next());
      const text = decoder.decode(value, { stream: !done });
      check.next(value, text, done ?? false);
      if (text) yield text;
      if (done) return;
    }
  } finally {
    bytes.return?.();
  }
}

class Utf8Check {
  private decoder?: TextDecoder = new TextDecoder('utf-8', { fatal: true });
  private line = 1;

  public constructor(private readonly file: string, private readonly report: (error: InputError) => void) {}

  /** Reports the first bytes that are not UTF-8. */
  public next(bytes: Uint8Array | undefined, text: string, isLast: boolean): void {
    if (!this.decoder) return;
    try {
      this.decoder.decode(bytes, { stream: !isLast });
      this.line += newlines(text);
    } catch {
      this.decoder = undefined;
      this.report(new InputError('not UTF-8', { file: this.file, line: this.line + newlines(text.slice(0, Math.max(0, text.indexOf('\ufffd')))) }));
    }
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function stdinChunks(io: Io): Iterable<Uint8Array> {
  return io.stdinChunks?.() ?? [Buffer.from(io.stdin())];
}

function* fileChunks(path: string): Iterable<Uint8Array> {
  const fd = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(fd, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}
