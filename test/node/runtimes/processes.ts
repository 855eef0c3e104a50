import { spawn } from 'child_process';
import { constants } from 'os';

export interface ProcessResult {
  /** Exit status as a shell counts it: 128 and the signal's number when a signal ended the process. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface ProcessOptions {
  /** @default 30 seconds */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Text for its standard input. */
  readonly input?: string;
}

export interface RunningProcess {
  readonly pid: number;
  /** When the process has ended, even if others still hold its output open. */
  readonly exited: Promise<void>;
  /** When its output is complete as well. */
  readonly result: Promise<ProcessResult>;
  /** What it has printed so far, both streams. */
  output(): string;
  send(text: string): void;
  endInput(): void;
  /** Kills it together with what it started, at one blow. */
  kill(): void;
}

/** One deterministic PATH: that of root on Debian, where the tools of the packages are. */
export const DEFAULT_ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

/** Starts a process in a process group of its own, bounded in time. */
export function startProcess(argv: readonly string[], { timeoutMs = 30_000, env, input = '' }: ProcessOptions = {}): RunningProcess {
  const [command, ...args] = argv;
  const child = spawn(command, args, { detached: true, env: { ...DEFAULT_ENV, ...env } });
  let [stdout, stderr, timedOut] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', text => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', text => { stderr += text; });
  // Some end before they have read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.write(input);

  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(() => { timedOut = true; kill(); }, timeoutMs);
  const exited = new Promise<void>((resolve, reject) => {
    child.on('error', error => { clearTimeout(timer); reject(error); });
    child.on('exit', () => { clearTimeout(timer); resolve(); });
  });
  const result = new Promise<ProcessResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ status: code ?? 128 + constants.signals[signal!], stdout, stderr, timedOut }));
  });
  // A failure to start is reported to whoever waits for the result.
  exited.catch(() => undefined);
  result.catch(() => undefined);
  const [send, endInput] = [(text: string) => { child.stdin.write(text); }, () => { child.stdin.end(); }];
  return { pid: child.pid!, exited, result, output: () => stdout + stderr, send, endInput, kill };
}

/** Runs a process to its end. */
export async function runProcess(argv: readonly string[], options?: ProcessOptions): Promise<ProcessResult> {
  const running = startProcess(argv, options);
  running.endInput();
  return running.result;
}

/** Runs a process that has to succeed. */
export async function runOrThrow(argv: readonly string[], options?: ProcessOptions): Promise<string> {
  return throwUnlessOk(argv, await runProcess(argv, options));
}

export function throwUnlessOk(argv: readonly string[], { status, stdout, stderr, timedOut }: ProcessResult): string {
  if (status === 0) return stdout;
  throw new Error(`${argv.join(' ')}: ${timedOut ? 'timed out' : `exit status ${status}`}: ${stderr || stdout}`);
}

/** Waits until a condition holds; bounded, so that a broken thing fails instead of hanging. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!await holds()) {
    if (Date.now() > deadline) throw new Error(`${what}: did not happen within ${timeoutMs} ms`);
    await sleep(20);
  }
}

export async function sleep(ms: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, ms));
}
