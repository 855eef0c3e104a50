import { closeSync, fchmodSync, fchownSync, fstatSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { InputError } from '../../private/errors';

/** Replaces the text of a file atomically: at any time the file holds the old text or the new one, complete. */
export function replaceFile(name: string, path: string, text: string): void {
  // The target of a link is replaced, not the link.
  const target = realpathSync(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeBeside(target, temporary, text);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new InputError(`cannot be written: ${(error as Error).message}`, { file: name });
  }
}

function writeBeside(target: string, temporary: string, text: string): void {
  const old = openSync(target, 'r+');
  const fd = openSync(temporary, 'wx');
  try {
    const { mode, uid, gid } = fstatSync(old);
    writeFileSync(fd, text);
    if (process.geteuid?.() === 0) fchownSync(fd, uid, gid);
    fchmodSync(fd, mode & 0o7777);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
    closeSync(old);
  }
}
