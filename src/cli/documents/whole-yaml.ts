import { Document, isAlias, isMap, isScalar, isSeq, Node, parseDocument, Scalar } from 'yaml';
import { inBlock, inFolds, inQuotes } from './embedded-text';
import { EmbeddedText, LocatedDocument, placeInside, placeKeys } from './located-document';
import { Piece, PiecePlaces } from './piece';

/** Reads any YAML document with the places of its values; undefined for an empty one. */
export function readWholeYaml(piece: Piece): LocatedDocument | undefined {
  const places = new PiecePlaces(piece);
  const { text, isWrapped } = piece;
  const document = parseDocument(text, { intAsBigInt: true, merge: true, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error && /call stack/i.test(error.message)) throw new RangeError(error.message);
  if (error) throw places.error(notYaml(error), error.pos[0]);
  if (document.contents === null) return undefined;
  checkKeys(document.contents, (message, at) => places.error(message, at));
  const begin = document.contents.range?.[0] ?? 0;
  const value = valueOf(document, message => places.error(message, begin));
  const ownKeys = (keys: readonly string[]) => isWrapped ? ['0', ...keys] : keys;
  const scalarAt = (keys: readonly string[]) => {
    const { node, rest } = follow(document, ownKeys(keys));
    return rest === 0 && isScalar(node) && typeof node.value === 'string' ? node as Scalar<string> : undefined;
  };
  return {
    value: isWrapped && Array.isArray(value) ? value[0] : value,
    embedded: keys => {
      const scalar = scalarAt(keys);
      return scalar && embeddedIn(scalar, text);
    },
    locate: (keys, found) => {
      const scalar = found && scalarAt(keys);
      if (scalar && found?.line !== undefined) return placeInside(places, embeddedIn(scalar, text), scalar.value, found);
      const { node, rest } = follow(document, placeKeys(ownKeys(keys), found, scalar !== undefined));
      const [from = 0, to = from] = node.range ?? [];
      return places.place(from, rest > 0 || !isScalar(node) ? from : to);
    },
  };
}

function embeddedIn({ type, range }: Scalar, text: string): EmbeddedText {
  const [begin = 0, end = begin] = range ?? [];
  if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE) return inQuotes(text, [begin, end]);
  return type === Scalar.BLOCK_LITERAL ? inBlock(text, [begin, end]) : inFolds([begin, end]);
}

function notYaml({ message }: Error): string {
  return `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** Refuses keys that appear twice. The parser's own check is quadratic: it takes a minute for the largest ConfigMap. */
function checkKeys(node: unknown, error: (message: string, at: number) => Error): void {
  if (isSeq(node)) node.items.forEach(item => checkKeys(item, error));
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name !== undefined && name !== '<<' && seen.has(name)) {
      throw error(`${JSON.stringify(name)} appears twice, expected once: only the last one counts`, (key as Node).range?.[0] ?? 0);
    }
    if (name !== undefined) seen.add(name);
    checkKeys(value, error);
  }
}

function valueOf(document: Document, error: (message: string) => Error): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw error(notYaml(cause as Error));
  }
}

/** Returns the node to which keys lead, or the last node on the way: values from a merge key have no node. */
function follow(document: Document, keys: readonly string[]): { readonly node: Node; readonly rest: number } {
  const resolved = (node: Node) => isAlias(node) ? node.resolve(document) ?? node : node;
  let node: Node = resolved(document.contents!);
  for (const [at, key] of keys.entries()) {
    const next: unknown = isMap(node) ? node.items.find(pair => String(isScalar(pair.key) ? pair.key.value : pair.key) === key)?.value
      : isSeq(node) ? node.items[Number(key)] : undefined;
    if (!next) return { node, rest: keys.length - at };
    node = resolved(next as Node);
  }
  return { node, rest: 0 };
}
