import { InputError } from '../../private/errors';
import { findProfiles, FoundProfile } from '../documents/found-profile';
import { expandName, readText, TextFile } from '../input/text-file';
import { Io } from '../io';
import { attempt } from '../outcome';

/** A file and its profiles. */
export interface LintedFile {
  readonly file: TextFile;
  readonly profiles: readonly FoundProfile[];
}

/** Reads the files that hold profiles, in the order of the arguments; reports and skips what cannot be read. */
export function* lintedFiles(names: readonly string[], io: Io, report: (error: InputError) => void): Iterable<LintedFile> {
  for (const name of names) {
    let isSilent = true;
    const reportHere = (error: InputError) => {
      isSilent = false;
      report(error);
    };
    const directory = attempt(() => expandName(name, io), reportHere);
    for (const each of directory?.names ?? []) {
      const file = attempt(() => readText(each, io, directory!.isDirectory), reportHere);
      const profiles = file ? findProfiles(file, reportHere) : [];
      if (profiles.length === 0) continue;
      isSilent = false;
      yield { file: file!, profiles };
    }
    if (directory?.isDirectory && isSilent) report(new InputError('holds no seccomp profile in any of its .json, .yaml and .yml files', { file: name }));
  }
}
