import { join } from 'path';
import { COMMAND, ROOT, timeNode } from '../harness/processes';
import { Context, Row } from '../harness/rows';
import { Samples } from '../harness/samples';
import { LogKind } from '../inputs/logs';

const GIGABYTE = 1000;
/** Of the log, to see whether memory grows. */
const PART = 10;
/** A reader that keeps nothing grows as much: V8 gives its young generation some 30 MiB, little by little. A log that were kept would be ten times the part. */
const FLAT = 1.5;

/** Logs in which nothing is to be found. */
const CLEAN: readonly LogKind[] = ['ordinary lines', 'a word of a symptom in every line', 'one line without an end'];

/** Reads the same lines, as the command does, and does nothing with them. */
const READ_ONLY = `
const { readSync } = require('fs');
function* stdinChunks() {
  for (;;) {
    const chunk = Buffer.alloc(65536);
    const length = readSync(0, chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}
for (const line of require(${JSON.stringify(join(ROOT, 'lib/cli/input/log-lines'))}).logLines('-', { stdinChunks })) globalThis.last = line;`;

/** CPU time and memory of a command of logs that come through a pipe. */
export async function logRows({ rounds, size }: Context, command: string, kinds: readonly LogKind[], megabytes = GIGABYTE): Promise<Row[]> {
  const [whole, part] = [size(megabytes), size(megabytes / PART)];
  const rows: Row[] = [];
  for (const kind of kinds) {
    const through = (length: number, reader: readonly string[], status = 0) => () => timeNode(reader, {
      input: [process.execPath, ...process.execArgv, join(__dirname, '../inputs/logs.ts'), kind, String(length)],
      status,
    });
    const status = CLEAN.includes(kind) ? 0 : 1;
    const of = (what: string, length: number) => `${what} ${length.toLocaleString('en-US')} MB, ${kind}`;
    const [read, run, runPart] = [of('read', whole), of(command, whole), of(command, part)];
    const samples = await Samples.take(rounds(2), {
      [read]: through(whole, ['-e', READ_ONLY]),
      [run]: through(whole, [COMMAND, command, '-'], status),
      [runPart]: through(part, [COMMAND, command, '-'], status),
    });
    const seconds = samples.median(run, 'cpu ms') / 1000;
    rows.push(
      samples.row(run, read, { unit: 'cpu ms', note: `${(whole / seconds).toFixed(0)} MB/s; ${(samples.median(run) / 1000).toFixed(1)} s until the pipe was empty` }),
      samples.row(run, read, { unit: 'MiB', note: 'memory at most' }),
      samples.row(run, runPart, { unit: 'MiB', aim: megabytes < GIGABYTE ? undefined : FLAT, note: 'memory at most' }));
  }
  return rows;
}
