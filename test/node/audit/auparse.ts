import { join } from 'path';
import { runOrThrow } from '../runtimes/processes';

/** What libauparse understands of a record, in words. */
export interface Interpreted {
  readonly time: number;
  readonly arch: string;
  readonly syscall: string;
  readonly code: string;
  readonly sig: string;
  readonly comm: string;
  readonly exe: string;
}

/** Reads records as auditd's own tools do. */
export async function interpret(lines: readonly string[]): Promise<Interpreted[]> {
  const printed = await runOrThrow(['/usr/bin/python3', '-I', join(__dirname, 'auparse.py')], { input: lines.join('\n') });
  return printed.trim().split('\n').map(line => JSON.parse(line));
}
