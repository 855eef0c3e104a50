import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** Returns what is in a directory, by its path; nothing if the directory is gone. */
export function list(directory: string): string[] {
  return tolerant(() => readdirSync(directory), []).map(name => join(directory, name));
}

/** Returns the command line of a process by its directory in /proc; empty if the process has ended. */
export function commandLine(directory: string): string {
  return tolerant(() => readFileSync(join(directory, 'cmdline'), 'utf8'), '').replaceAll('\0', ' ');
}

/** Reads what may go meanwhile, as processes and control groups do. */
export function tolerant<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
