import { auditFields, TRUNCATED } from '../../../src/troubleshooting/audit/line';
import { AuditedCall, auditedCall } from '../../../src/troubleshooting/audit/record';
import { runOrThrow, sleep } from '../runtimes/processes';
import { python } from '../runtimes/runtimes';

/** The kernel prints no more than ten audit messages in five seconds, whosever they are. */
const ATTEMPTS = 6;
const WINDOW_MS = 5_100;
const SETTLE_MS = 300;

let counter = 0;

/** A thread name that nobody else has, which the kernel writes in hexadecimal because of its space and quote. */
export function uniqueName(): string {
  counter += 1;
  return `a "${process.pid % 100_000} ${counter}`;
}

/** test/node/probes/calls.py under a thread name of one's own. */
export function namedCalls(name: string, calls: readonly unknown[]): string[] {
  const [interpreter, isolated, option, source] = python('calls.py');
  return [interpreter, isolated, option, `open("/proc/self/comm", "w").write(${JSON.stringify(name)})\n${source}`, JSON.stringify(calls)];
}

/** Lines of the kernel's log with records of that thread, as they stand there. */
export async function linesOf(name: string): Promise<string[]> {
  const hex = Buffer.from(name).toString('hex').toUpperCase();
  return (await runOrThrow(['dmesg'])).split('\n').filter(line => line.includes(`comm=${hex} `));
}

export function recordsIn(lines: readonly string[]): AuditedCall[] {
  return lines.flatMap(auditFields).map(fields => {
    if (fields === TRUNCATED) throw new Error('the kernel has cut a record');
    return auditedCall(fields);
  });
}

/** Makes calls until the kernel has printed a record of each, or gives up. */
export async function recorded(count: number, make: (name: string) => Promise<unknown>): Promise<string[]> {
  let lines: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS && lines.length < count; attempt++) {
    if (attempt > 0) await sleep(WINDOW_MS);
    const name = uniqueName();
    await make(name);
    await sleep(SETTLE_MS);
    lines = await linesOf(name);
  }
  return lines;
}
