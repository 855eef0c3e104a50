/**
 * What it costs to read the audit records of a log: megabytes in a second, and ratios to reading its lines alone in the same run.
 *
 *     npm run bench
 */
import { spawnSync } from 'child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { logLines } from '../lib/cli/input/log-lines';
import { Io } from '../lib/cli/io';
import { AuditTally } from '../lib/troubleshooting/audit-tally';

const COMMAND = join(__dirname, '../bin/cdk8s-seccomp');
const MEGABYTE = 2 ** 20;
const SIZE = 200 * MEGABYTE;
const ROUNDS = 5;
const PROGRAMS = 200;

const directory = mkdtempSync(join(tmpdir(), 'bench-audit-'));
const io: Io = { stdin: () => '', stdout: () => undefined, stderr: () => undefined, isTTY: false, cwd: directory, env: {} };
try {
  // Of a node that denies a call now and then, and of one that records everything.
  for (const [what, every] of [['1 record in 50 lines', 50], ['records alone', 1]] as const) {
    const file = join(directory, 'log');
    const records = write(file, every);
    const megabytes = statSync(file).size / MEGABYTE;
    const times: [number[], number[]] = [[], []];
    // Both in turn, so that a busy machine is busy for both.
    for (let round = 0; round < ROUNDS; round++) [readAlone, tally].forEach((run, index) => times[index].push(timed(() => run(file))));
    const [alone, counted] = times.map(values => values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
    const rate = (milliseconds: number) => `${(megabytes / milliseconds * 1000).toFixed(0).padStart(5)} MB/s`;
    console.log(`${what}: ${megabytes.toFixed(0)} MB, ${records} records, medians of ${ROUNDS} rounds in turn, Node ${process.version}`);
    console.log(`  read lines   ${rate(alone)}`);
    console.log(`  and records  ${rate(counted)}   ${(counted / alone).toFixed(2)} × read lines, ${(1e6 * counted / records / 1000).toFixed(2)} µs a record`);
    console.log(`  the command  ${command(file)}`);
  }
} finally {
  rmSync(directory, { recursive: true });
}

function write(file: string, every: number): number {
  const fd = openSync(file, 'w');
  let [size, index, records] = [0, 0, 0];
  while (size < SIZE) {
    const lines = Array.from({ length: 1000 }, () => {
      index += 1;
      if (index % every > 0) return `[${index}.000001] eth0: a line of the kernel about something else, as long as such lines are, number ${index}`;
      records += 1;
      return `[${index}.000001] audit: type=1326 audit(${1_795_000_000 + index}.981:${index}): auid=4294967295 uid=1001 gid=1001 ses=4294967295 subj=unconfined `
        + `pid=${index} comm="program-${records % PROGRAMS}" exe="/usr/bin/python3.11" sig=0 arch=c000003e syscall=${records % 460} compat=0 ip=0x7f4ad5b0cf37 code=0x50000`;
    });
    size += writeSync(fd, `${lines.join('\n')}\n`);
  }
  closeSync(fd);
  return records;
}

function readAlone(file: string): void {
  let length = 0;
  for (const line of logLines(file, io)) length += line.length;
  if (length === 0) throw new Error('nothing was read');
}

function tally(file: string): void {
  const records = new AuditTally();
  for (const line of logLines(file, io)) records.add(line);
  if (records.counts.length === 0) throw new Error('nothing was counted');
}

function timed(run: () => void): number {
  const begin = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** How much memory the process has at most. */
function command(file: string): string {
  const script = `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));
    process.argv.splice(1, 0, ${JSON.stringify(COMMAND)}); require(${JSON.stringify(join(__dirname, '../lib/cli/main.js'))})`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script, '--', 'audit', file], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 1) throw new Error(`audit ended with ${status}: ${stderr}`);
  return `${(Number(stderr) / 1024).toFixed(0).padStart(5)} MB of memory at most`;
}
