import { LocatedDocument } from './located-document';
import { Piece, PiecePlaces } from './piece';
import { quickYaml } from './quick-yaml';

/** A YAML document with the places of its values; undefined for an empty one. */
export function readYamlPiece(piece: Piece): LocatedDocument | undefined {
  const readWhole = () => (require('./yaml-document') as typeof import('./yaml-document')).readYamlDocument(piece);
  const quick = quickYaml(piece.text);
  if (!quick) return readWhole();
  const places = new PiecePlaces(piece);
  let whole: LocatedDocument | undefined;
  return {
    value: piece.isWrapped && Array.isArray(quick.value) ? quick.value[0] : quick.value,
    locate: (keys, found) => {
      const range = found ? undefined : quick.places.range(piece.isWrapped ? ['0', ...keys] : keys);
      if (range) return places.place(...range);
      whole ??= readWhole();
      return whole!.locate(keys, found);
    },
  };
}
