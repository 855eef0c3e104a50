import { InputError } from '../../private/errors';
import { LocatedResource, resourcesIn } from '../documents/resources';
import { textChunks } from '../input/text-chunks';
import { expandName, STDIN } from '../input/text-file';
import { Io } from '../io';
import { attempt } from '../outcome';

/** A resource with the name of its file. */
export interface FileResource extends LocatedResource {
  readonly file: string;
}

/** Reads the resources of files and directories, in the order of the arguments; reports and skips what cannot be read. */
export function* resourcesBelow(names: readonly string[], io: Io, report: (error: InputError) => void): Iterable<FileResource> {
  for (const name of names) {
    let isSilent = true;
    const reportHere = (error: InputError) => {
      isSilent = false;
      report(error);
    };
    for (const file of attempt(() => expandName(name, io).names, reportHere) ?? []) {
      for (const resource of resourcesOf(file, io, reportHere)) {
        isSilent = false;
        yield resource;
      }
    }
    if (isSilent) report(new InputError('holds no Kubernetes resource, expected manifests in YAML or JSON', { file: shownName(name) }));
  }
}

function shownName(name: string): string {
  return name === '-' ? STDIN : name;
}

function* resourcesOf(name: string, io: Io, report: (error: InputError) => void): Iterable<FileResource> {
  const file = shownName(name);
  const reportHere = (error: InputError) => report(new InputError(error.detail, { ...error.location, file }));
  for (const resource of resourcesIn(chunksOf(name, io, reportHere), name, reportHere)) yield { ...resource, file };
}

/** Reads the text of a file in chunks. If reading fails in the middle, the chunks before have been read. */
function* chunksOf(name: string, io: Io, report: (error: InputError) => void): Iterable<string> {
  const chunks = textChunks(name, io, report)[Symbol.iterator]();
  for (;;) {
    const next = attempt(() => chunks.next(), report);
    if (!next || next.done) return;
    yield next.value;
  }
}
