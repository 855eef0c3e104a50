import { fstatSync, readSync, writeSync } from 'fs';
import * as nodeModule from 'module';
import type { Io } from './io';

// Node 22 caches compiled code, which makes later starts faster.
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const CHUNK = 65536;

const { run } = require('./run') as typeof import('./run');
const isTTY = isTerminal(STDOUT);
const io: Io = {
  stdin: readStdin,
  stdinChunks,
  stdout: writer(STDOUT),
  stderr: writer(STDERR),
  isTTY,
  columns: isTTY ? process.stdout.columns : undefined,
  cwd: process.cwd(),
  env: process.env,
};
process.exitCode = run(process.argv.slice(2), io);

/** True for a terminal. It does not use the streams of `process`: loading them takes a tenth of the start time. */
function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && (require('tty') as typeof import('tty')).isatty(fd);
  } catch {
    return false;
  }
}

/** Returns a function that writes a whole text before it returns. It writes nothing once the reader is gone, as in `… | head`. */
function writer(fd: number): (text: string) => void {
  let isOpen = true;
  return text => {
    let rest = Buffer.from(text);
    while (isOpen && rest.length > 0) {
      const written = patiently(() => writeSync(fd, rest), 'EPIPE');
      isOpen = written !== undefined;
      rest = rest.subarray(written ?? 0);
    }
  };
}

function readStdin(): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat([...stdinChunks()]));
}

function* stdinChunks(): Iterable<Uint8Array> {
  for (;;) {
    const chunk = Buffer.alloc(CHUNK);
    const length = patiently(() => readSync(STDIN, chunk), 'EOF') ?? 0;
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

/** Retries on EAGAIN: another process may have made the pipe non-blocking. Returns undefined on the expected error. */
function patiently(attempt: () => number, end: string): number | undefined {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === end) return undefined;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
