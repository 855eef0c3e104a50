import { readJsonPiece } from './json-document';
import { jsonPieces } from './json-pieces';
import { EmbeddedText, LocatedDocument } from './located-document';
import { Piece } from './piece';
import { Locate } from '../../manifests/checker';
import { fields } from '../../manifests/fields';
import { isProfile, profilesIn, WholeDocument } from '../../manifests/profiles';
import { itemsOf, withKind } from '../../manifests/resource';
import { InputError, Location } from '../../private/errors';

/** A resource, or a document that is a profile, with the places of its values. */
export interface LocatedResource {
  readonly value: unknown;
  readonly locate: Locate;
  /** Facts about the value, if it is a document. */
  readonly whole?: WholeDocument;
  /** Returns the text to which keys lead, with the piece that it was read from. */
  readonly embedded: (keys: readonly string[]) => { readonly text: EmbeddedText; readonly piece: Piece } | undefined;
}

/**
 * Reads documents: the resources and profiles in a text, one at a time. Reports and skips what cannot be read.
 *
 * @param name of the file; `-` for standard input
 */
export function* resourcesIn(chunks: Iterable<string>, name: string, report: (error: InputError) => void): Iterable<LocatedResource> {
  const [first, all] = withFirst(chunks);
  if (first === undefined) return;
  const isYaml = isYamlText(name, first);
  const pieces = isYaml ? (require('./yaml-pieces') as typeof import('./yaml-pieces')).yamlPieces(all) : jsonPieces(all);
  const read = isYaml ? (require('./yaml-document') as typeof import('./yaml-document')).readYamlPiece : readJsonPiece;
  let mark = first.startsWith('\ufeff') ? '\ufeff' : '';
  let hasProfile = false;
  for (const piece of pieces) {
    const place = { line: piece.line, column: piece.column };
    // No node reads a profile with text after it.
    if (hasProfile) report(new InputError('not JSON: end of file expected', place));
    const document = attempt(() => read(piece), place, report);
    const json = isYaml ? undefined : mark + piece.text;
    for (const resource of document ? resourcesOf(document, piece, json) : []) {
      hasProfile ||= !isYaml && isProfile(resource.value);
      yield resource;
    }
    mark = '';
  }
}

function withFirst(chunks: Iterable<string>): [string | undefined, Iterable<string>] {
  const iterator = chunks[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return [undefined, []];
  return [first.value, (function*() {
    for (let { value, done } = first as IteratorResult<string>; !done; { value, done } = iterator.next()) yield value;
  })()];
}

function isYamlText(name: string, text: string): boolean {
  if (/\.ya?ml$/i.test(name)) return true;
  return !/\.json$/i.test(name) && !/^\s*[{[]/.test(text);
}

function* resourcesOf(document: LocatedDocument, piece: Piece, json?: string): Iterable<LocatedResource> {
  const { list } = piece;
  for (const { value, keys } of itemsOf(list ? withKind(document.value, list.kind, list.apiVersion) : document.value)) {
    const whole = keys.length === 0 && !list ? { json } : undefined;
    if (typeof fields(value).kind !== 'string' && profilesIn(value, whole).length === 0) continue;
    yield {
      value,
      whole,
      locate: (own, found) => document.locate([...keys, ...own], found),
      embedded: own => {
        const text = document.embedded([...keys, ...own]);
        return text && { text, piece };
      },
    };
  }
}

/** Reads a piece; reports errors, and a stack overflow of the parsers, which recurse. */
function attempt<T>(read: () => T, place: Location, report: (error: InputError) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) report(new InputError('nested too deeply to be read', place));
    else if (error instanceof InputError) report(error);
    else throw error;
    return undefined;
  }
}
