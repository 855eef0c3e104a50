import { readdirSync, readFileSync, statSync } from 'fs';
import { join, relative, resolve } from 'path';
import { Lines } from './lines';
import { InputError } from '../../private/errors';
import { Io } from '../io';

export const STDIN = 'stdin';
const EXTENSION = /\.(json|ya?ml)$/i;

/** A text that may hold profiles. */
export class TextFile {
  private lazyLines?: Lines;

  public constructor(
    /** Name to show: the path as the user gave it. */
    public readonly name: string,
    public readonly text: string,
    /** Absolute path; undefined for standard input. */
    public readonly path?: string,
    /** True if the file was found in a directory, false if the user named it. */
    public readonly isFound = false,
  ) {}

  public get lines(): Lines {
    this.lazyLines ??= new Lines(this.text);
    return this.lazyLines;
  }

  public error(message: string, place: { line?: number; column?: number } = {}): InputError {
    return new InputError(message, { file: this.name, line: place.line, column: place.column });
  }
}

/** Returns the files that an argument stands for: the file itself, or the files below a directory. */
export function expandName(name: string, io: Io): { readonly names: readonly string[]; readonly isDirectory: boolean } {
  if (name === '-') return { names: [name], isDirectory: false };
  const path = resolve(io.cwd, name);
  if (!attempt(name, () => statSync(path)).isDirectory()) return { names: [name], isDirectory: false };
  return { names: attempt(name, () => filesBelow(path)).map(file => join(name, relative(path, file))), isDirectory: true };
}

export function readText(name: string, io: Io, isFound = false): TextFile {
  if (name === '-') return new TextFile(STDIN, attempt(STDIN, io.stdin));
  const path = resolve(io.cwd, name);
  const bytes = attempt(name, () => readFileSync(path));
  // A byte order mark stays, because no node skips it.
  return new TextFile(name, attempt(name, () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)), path, isFound);
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((one, other) => one.name < other.name ? -1 : 1)
    .flatMap(entry => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesBelow(path);
      return EXTENSION.test(entry.name) && statSync(path, { throwIfNoEntry: false })?.isFile() ? [path] : [];
    });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'not UTF-8',
};

export function attempt<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(`cannot be read: ${REASONS[code ?? ''] ?? message}`, { file: name });
  }
}
