import { jsonPieces } from './json-pieces';
import { readJsonPiece } from './json-resource';
import { LocatedDocument } from './located-document';
import { Piece } from './piece';
import { Locate } from '../../manifests/checker';
import { fields } from '../../manifests/fields';
import { itemsOf, withKind } from '../../manifests/resource';
import { InputError, Location } from '../../private/errors';
import { textChunks } from '../input/text-chunks';
import { expandName, STDIN } from '../input/text-file';
import { Io } from '../io';

/** A resource and where its values stand in the file. */
export interface LocatedResource {
  readonly value: any;
  readonly locate: Locate;
  readonly file: string;
}

/** The resources of files and directories, in the order of the arguments; what cannot be read is reported and passed over. */
export function* resourcesBelow(names: readonly string[], io: Io, report: (error: InputError) => void): Iterable<LocatedResource> {
  for (const name of names) {
    let isSilent = true;
    const reportHere = (error: InputError) => {
      isSilent = false;
      report(error);
    };
    for (const file of attempt(() => expandName(name, io).names, { file: name }, reportHere) ?? []) {
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

/** The resources of a file, each read when it is asked for; what cannot be read is reported and passed over. */
function* resourcesOf(name: string, io: Io, report: (error: InputError) => void): Iterable<LocatedResource> {
  const file = shownName(name);
  const chunks = textChunks(name, io, report)[Symbol.iterator]();
  // A stream that ends in the middle has been read up to there.
  const next = () => attempt(() => chunks.next(), { file }, report) ?? { done: true, value: undefined };
  const first = next();
  if (first.done) return;
  const isYaml = isYamlText(name, first.value);
  const pieces = isYaml ? (require('./yaml-pieces') as typeof import('./yaml-pieces')).yamlPieces(all()) : jsonPieces(all());
  const read = isYaml ? (require('./yaml-resource') as typeof import('./yaml-resource')).readYamlPiece : readJsonPiece;
  for (const piece of pieces) {
    const document = attempt(() => read(piece), { file, line: piece.line, column: piece.column }, report);
    if (document) yield* resourcesIn(document, piece, file);
  }

  function* all(): Iterable<string> {
    for (let { value, done } = first; !done; { value, done } = next()) yield value as string;
  }
}

function isYamlText(name: string, text: string): boolean {
  if (/\.ya?ml$/i.test(name)) return true;
  return !/\.json$/i.test(name) && !/^\s*[{[]/.test(text);
}

function* resourcesIn({ value, locate }: LocatedDocument, { list }: Piece, file: string): Iterable<LocatedResource> {
  for (const item of itemsOf(list ? withKind(value, list.kind, list.apiVersion) : value)) {
    if (typeof item.value !== 'object' || item.value === null || typeof fields(item.value).kind !== 'string') continue;
    yield { file, value: item.value, locate: (keys, found) => locate([...item.keys, ...keys], found) };
  }
}

/** Both parsers recurse. */
function attempt<T>(read: () => T, place: Location, report: (error: InputError) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) report(new InputError('nested too deeply to be read', place));
    else if (error instanceof InputError) report(new InputError(error.detail, { ...error.location, file: place.file }));
    else throw error;
    return undefined;
  }
}
