import { spawnSync } from 'child_process';
import { join } from 'path';
import { Sample } from './samples';

export const ROOT = join(__dirname, '../..');
export const COMMAND = join(ROOT, 'bin/cdk8s-seccomp');

const REPORT_USAGE = join(__dirname, 'report-usage.cjs');
const LONGEST_MS = 20 * 60_000;

export interface Finished extends Sample {
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. 1 is the status of a linter that has found something. */
export function time(argv: readonly string[], allowed: readonly number[] = [0, 1]): Finished {
  const [command, ...args] = argv;
  const begin = process.hrtime.bigint();
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT, encoding: 'utf8', timeout: LONGEST_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status === null || !allowed.includes(status)) throw error ?? new Error(`${short(argv)} ended with ${status ?? signal}: ${stderr.slice(-2000)}`);
  return { ms, stdout, stderr };
}

export interface NodeOptions {
  /** A program that makes its standard input, and runs beside it. */
  readonly input?: readonly string[];
  /**
   * What it has to end with, so that it is known to have found what there is.
   *
   * @default 0
   */
  readonly status?: number;
}

/** A program of Node.js that prints nothing of interest; also counts its CPU time and its memory at most. */
export function timeNode(args: readonly string[], { input, status: expected = 0 }: NodeOptions = {}): Sample {
  const program = [process.execPath, '--require', REPORT_USAGE, ...args];
  const argv = input ? ['bash', '-c', PIPE, 'bash', String(input.length), ...input, ...program] : program;
  const [command, ...rest] = argv;
  const begin = process.hrtime.bigint();
  const { status, signal, error, stderr, output } = spawnSync(command, rest, {
    cwd: ROOT, encoding: 'utf8', timeout: LONGEST_MS, killSignal: 'SIGKILL', stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== expected) {
    throw error ?? new Error(`${short([...input ?? [], ...program])} ended with ${status ?? signal}, expected ${expected}: ${stderr.slice(-2000)}`);
  }
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(output[3]!);
  return { 'ms': ms, 'cpu ms': (userCPUTime + systemCPUTime) / 1000, 'MiB': maxRSS / 1024 };
}

/** `N WRITER… READER…`: the first N words make the input of the rest; ends as the reader does, and with 3 if the writer fails. */
const PIPE = `
n=$1; shift
"\${@:1:n}" 3>&- | "\${@:n+1}"
statuses=("\${PIPESTATUS[@]}")
[[ \${statuses[0]} -eq 0 ]] || exit 3
exit "\${statuses[1]}"`;

/** A module of the benches as a process, and the JSON that it prints. */
export function runWorker<T>(file: string, ...args: string[]): T {
  return JSON.parse(time([process.execPath, ...process.execArgv, '--expose-gc', join(__dirname, '..', file), ...args], [0]).stdout) as T;
}

/** One call, of as many as are made in turn: a short one alone would be lost in what else the machine does. */
export function timeCalls(times: number, call: () => unknown): Sample {
  const begin = process.hrtime.bigint();
  for (let made = 0; made < times; made++) call();
  return { ms: Number(process.hrtime.bigint() - begin) / 1e6 / times };
}

function short(argv: readonly string[]): string {
  return argv.join(' ').slice(0, 300);
}
