/**
 * What `diagnose` costs of long logs: how many megabytes a second, in relation to reading the same lines and doing nothing with them, and the memory of the
 * process.
 *
 *     npm run compile && npx tsx bench/diagnose.ts [MEGABYTES]
 */
import { spawnSync } from 'child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const MEGABYTES = Number(process.argv[2] ?? 200);
const COMMAND = join(__dirname, '../bin/cdk8s-seccomp');
const READ_ONLY = `for (const line of require(${JSON.stringify(join(__dirname, '../lib/cli/input/log-lines'))}).logLines(process.argv[1], { cwd: '/' })) globalThis.last = line;`;
const WORDS = 'INFO WARN request served path /v1/chat/completions tokens prefill decode engine block cache latency ms user batch scheduler worker step rank npu hccl done ok 200'.split(' ');

/** Logs by what their lines say: most are of the first kind, nobody's is of the last. */
const LOGS: Readonly<Record<string, (random: () => number) => string>> = {
  'ordinary lines': ordinary,
  'a symptom in a thousand': random => random() < 0.001 ? "RuntimeError: can't start new thread" : ordinary(random),
  'a stem in every line': random => `${ordinary(random)} [thread-${Math.floor(random() * 100)}] permitted`,
  'nothing but symptoms': () => 'OpenBLAS blas_thread_init: pthread_create failed for thread 1 of 2: Operation not permitted',
  'nothing but audit records': random => `audit: type=1326 audit(1795457898.981:${Math.floor(random() * 1e6)}): auid=4294967295 uid=0 gid=0 ses=4294967295 `
    + 'pid=14963 comm="python3" exe="/usr/bin/python3.11" sig=0 arch=c000003e syscall=83 compat=0 ip=0x7f4ad5b0cf37 code=0x50000',
  'one line without an end': random => `${ordinary(random)} `.repeat(1000),
};

const directory = mkdtempSync(join(tmpdir(), 'bench-diagnose-'));
try {
  for (const [name, line] of Object.entries(LOGS)) {
    const file = join(directory, 'log');
    const bytes = write(file, line, name.startsWith('one line') ? '' : '\n');
    const reading = measured(['-e', READ_ONLY, file]);
    const diagnosing = measured([COMMAND, 'diagnose', file]);
    const speed = bytes / 1e6 / (diagnosing.milliseconds / 1000);
    console.log([
      `${name}, ${(bytes / 1e6).toFixed(0)} MB`.padEnd(36), `${(diagnosing.milliseconds / 1000).toFixed(1).padStart(6)} s`, `${speed.toFixed(0).padStart(5)} MB/s`,
      `${(diagnosing.milliseconds / reading.milliseconds).toFixed(1).padStart(5)} × reading alone`, `${String(Math.round(diagnosing.maxRss / 1024)).padStart(5)} MiB`,
    ].join('  '));
    rmSync(file);
  }
} finally {
  rmSync(directory, { recursive: true });
}

function ordinary(random: () => number): string {
  const words = Array.from({ length: 8 + Math.floor(random() * 12) }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return `2026-11-25T17:14:22.123Z ${words.join(' ')} ${Math.floor(random() * 1e6)}`;
}

function write(file: string, line: (random: () => number) => string, end: string): number {
  let seed = 1;
  const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  const fd = openSync(file, 'w');
  let bytes = 0;
  // A piece is made once and written many times: making lines takes longer than reading them.
  const pieces = Array.from({ length: 8 }, () => {
    let piece = '';
    while (piece.length < 1e6) piece += line(random) + end;
    return Buffer.from(piece);
  });
  for (let at = 0; bytes < MEGABYTES * 1e6; at++) bytes += writeSync(fd, pieces[at % pieces.length]);
  closeSync(fd);
  return bytes;
}

interface Cost {
  readonly milliseconds: number;
  readonly maxRss: number;
}

function measured(args: string[]): Cost {
  const hook = join(directory, 'rss.js');
  const fd = openSync(hook, 'w');
  writeSync(fd, 'process.on("exit", () => process.stderr.write(`\\nmaxrss ${process.resourceUsage().maxRSS}\\n`));');
  closeSync(fd);
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  const rss = /maxrss (\d+)/.exec(stderr)?.[1];
  if (status === null || status > 1 || !rss) throw new Error(`${args.join(' ').slice(0, 200)} ended with ${status}: ${stderr}`);
  return { milliseconds, maxRss: Number(rss) };
}
