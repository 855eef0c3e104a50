import { LocatedDocument } from './located-document';
import { Piece, PiecePlaces } from './piece';
import { quickYaml } from './quick-yaml';

/** Reads a YAML document with the places of its values; undefined for an empty one. */
export function readYamlPiece(piece: Piece): LocatedDocument | undefined {
  const readWhole = () => (require('./whole-yaml') as typeof import('./whole-yaml')).readWholeYaml(piece);
  const quick = quickYaml(piece.text);
  if (!quick) return readWhole();
  const places = new PiecePlaces(piece);
  let whole: LocatedDocument | undefined;
  const asWhole = () => {
    whole ??= readWhole();
    return whole!;
  };
  return {
    value: piece.isWrapped && Array.isArray(quick.value) ? quick.value[0] : quick.value,
    locate: (keys, found) => {
      const range = found ? undefined : quick.places.range(piece.isWrapped ? ['0', ...keys] : keys);
      if (range) return places.place(...range);
      return asWhole().locate(keys, found);
    },
    embedded: keys => asWhole().embedded(keys),
  };
}
