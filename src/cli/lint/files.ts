import { InputError } from '../../private/errors';
import { findProfiles } from '../documents/find-profiles';
import { FoundProfile } from '../documents/found-profile';
import { expandName, readText, TextFile } from '../input/text-file';
import { Io } from '../io';

/** A file and its profiles. */
export interface LintedFile {
  readonly file: TextFile;
  readonly profiles: readonly FoundProfile[];
}

/** The files that hold profiles, in the order of the arguments; what cannot be read is reported and passed over. */
export function* lintedFiles(names: readonly string[], io: Io, report: (error: InputError) => void): Iterable<LintedFile> {
  for (const name of names) {
    let found = 0;
    let isBroken = false;
    const directory = attempt(() => expandName(name, io));
    for (const each of directory?.names ?? []) {
      const read = attempt(() => {
        const file = readText(each, io, directory!.isDirectory);
        return { file, profiles: findProfiles(file) };
      });
      if (!read || read.profiles.length === 0) continue;
      found++;
      yield read;
    }
    if (directory?.isDirectory && found === 0 && !isBroken) report(new InputError('holds no seccomp profile in any of its .json, .yaml and .yml files', { file: name }));

    function attempt<T>(read: () => T): T | undefined {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        isBroken = true;
        report(error);
        return undefined;
      }
    }
  }
}
