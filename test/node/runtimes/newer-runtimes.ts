import { readFileSync } from 'fs';
import { join } from 'path';
import { runOrThrow } from './processes';

const LIST = join(__dirname, 'newer-runtimes.txt');
const MAKE = join(__dirname, '../../../scripts/make-runtimes.sh');

/** A runtime that Debian does not have: a line of test/node/runtimes/newer-runtimes.txt. */
export interface NewerRuntime {
  /** Such as `runc-1.5.3-trixie`: its directory. */
  readonly name: string;
  readonly program: string;
  readonly version: string;
  /** The Debian whose libseccomp it has; `-` if it needs none. */
  readonly debian: string;
}

const RUNTIMES: readonly NewerRuntime[] = readFileSync(LIST, 'utf8').trim().split('\n').map(line => {
  const [program, version, debian] = line.split(' ');
  return { name: [program, version, debian].join('-'), program, version, debian };
});

/** Those of one program, oldest first. */
export function newer(program: 'runc' | 'containerd'): readonly NewerRuntime[] {
  return RUNTIMES.filter(runtime => runtime.program === program);
}

let made: Promise<string> | undefined;

/** Where they are, one directory each, and beside them what they were built with. Builds those that are missing. */
export async function newerDirectory(): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  made ??= runOrThrow([MAKE], { timeoutMs: 30 * 60_000, env }).then(output => output.trim().split('\n').at(-1)!);
  return made;
}
