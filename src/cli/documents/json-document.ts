import { Node, parseTree, ParseError, printParseErrorCode } from 'jsonc-parser';
import { inQuotes } from './embedded-text';
import { EmbeddedText, LocatedDocument, placeInside, placeKeys, wholeText } from './located-document';
import { Piece, PiecePlaces } from './piece';

/** Reads a JSON document with the places of its values. */
export function readJsonPiece(piece: Piece): LocatedDocument {
  const places = new PiecePlaces(piece);
  const { text } = piece;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  if (errors.length > 0 || !tree) {
    const [{ error, offset }] = errors;
    throw places.error(`not JSON: ${printParseErrorCode(error).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}`, offset);
  }
  const embedded = (keys: readonly string[]): EmbeddedText | undefined => {
    if (keys.length === 0) return wholeText(piece);
    const { node: { type, offset, length }, rest } = follow(tree, keys);
    return rest === 0 && type === 'string' ? inQuotes(text, [offset, offset + length]) : undefined;
  };
  return {
    value: valueOf(tree, text, places),
    embedded,
    locate: (keys, found) => {
      const around = found?.line === undefined ? undefined : embedded(keys);
      if (found && around) return placeInside(places, around, keys.length === 0 ? text : String(follow(tree, keys).node.value), found);
      const { node: { type, offset, length }, rest } = follow(tree, placeKeys(keys, found, false));
      return places.place(offset, rest > 0 || type === 'object' || type === 'array' ? offset : offset + length);
    },
  };
}

/** Returns the value to which keys lead, or the last value on the way. */
function follow(root: Node, keys: readonly string[]): { readonly node: Node; readonly rest: number } {
  let node = root;
  for (const [at, key] of keys.entries()) {
    const next = node.type === 'array' ? node.children?.[Number(key)] : node.children?.find(({ children }) => children![0].value === key)?.children?.[1];
    if (!next) return { node, rest: keys.length - at };
    node = next;
  }
  return { node, rest: 0 };
}

function valueOf(node: Node, text: string, places: PiecePlaces): unknown {
  switch (node.type) {
    case 'object': {
      const seen = new Set<string>();
      return Object.fromEntries(node.children!.map(({ children }) => {
        const [key, value] = children!;
        if (seen.has(key.value)) throw places.error(`${JSON.stringify(key.value)} appears twice, expected once: only the last one counts`, key.offset);
        seen.add(key.value);
        return [key.value, valueOf(value, text, places)];
      }));
    }
    case 'array':
      return (node.children ?? []).map(child => valueOf(child, text, places));
    case 'number': {
      const written = text.slice(node.offset, node.offset + node.length);
      return /^-?\d{16,}$/.test(written) ? BigInt(written) : node.value;
    }
    default:
      return node.value;
  }
}
