import { Document, isAlias, isMap, isScalar, isSeq, LineCounter, Node, parseAllDocuments, Scalar } from 'yaml';
import { EmbeddedText, Manifest, Range } from './manifest';
import { inQuotes } from './quoted';
import { InputError } from '../../private/errors';
import { JsonNode, wrapJson } from '../../private/json';
import { TextFile } from '../input/text-file';

/** The documents of a YAML stream; empty ones are left out. */
export function yamlManifests(file: TextFile): Manifest[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(file.text, { intAsBigInt: true, merge: true, prettyErrors: false, lineCounter }) as Document[];
  for (const { errors: [error] } of documents) {
    if (!error) continue;
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw file.error(`not YAML: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`, { line, column: col });
  }
  return documents.filter(({ contents }) => contents !== null).map(document => yamlManifest(document, file));
}

function yamlManifest(document: Document, file: TextFile): Manifest {
  const root = values(document, file);
  const nodes = new Map<string, Node>();
  collect(document.contents!, root, document, nodes);
  const range = (node: JsonNode): Range => {
    const [begin = 0, end = begin] = nodes.get(node.path)?.range ?? [];
    return [begin, end];
  };
  return {
    root,
    range,
    embedded: node => {
      const scalar = nodes.get(node.path);
      return isScalar(scalar) ? embeddedIn(scalar, range(node), file.text) : { range: range(node), offset: () => range(node)[0] };
    },
  };
}

function values(document: Document, file: TextFile): JsonNode {
  try {
    return wrapJson(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    throw file.error(error instanceof InputError ? error.message : `not YAML: ${(error as Error).message}`);
  }
}

/** Notes for every value the node that it comes from. What a merge key brings has none. */
function collect(yaml: Node, json: JsonNode, document: Document, nodes: Map<string, Node>): void {
  const resolved = isAlias(yaml) ? yaml.resolve(document) ?? yaml : yaml;
  nodes.set(json.path, resolved);
  const children = new Map(json.children.map(([key, child]) => [String(key), child]));
  const items: readonly (readonly [string, unknown])[] = isMap(resolved)
    ? resolved.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), value])
    : isSeq(resolved) ? resolved.items.map((item, index) => [String(index), item]) : [];
  for (const [key, value] of items) {
    const child = children.get(key);
    if (child && value) collect(value as Node, child, document, nodes);
  }
}

export function embeddedIn({ type }: Scalar, range: Range, text: string): EmbeddedText {
  if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE) return { ...inQuotes(text, range), write: JSON.stringify };
  return type === Scalar.BLOCK_LITERAL ? inBlock(text, range) : { range, offset: () => range[0] };
}

/** A literal block: its lines are those of the value, each with an indentation. */
function inBlock(text: string, [begin, end]: Range): EmbeddedText {
  const bodyBegin = text.indexOf('\n', begin) + 1;
  const body = text.slice(bodyBegin, end);
  // JSON has no reason to begin with spaces, so that the first line that is not empty shows the indentation.
  const indentation = /^ */m.exec(body.replace(/^\s*\n/, ''))![0];
  const starts: (readonly [index: number, offset: number])[] = [];
  let [index, offset] = [0, bodyBegin];
  for (const line of body.split('\n')) {
    const indented = Math.min(indentation.length, line.length);
    starts.push([index, offset + indented]);
    index += line.replace(/\r$/, '').length - indented + 1;
    offset += line.length + 1;
  }
  return {
    range: [bodyBegin, end],
    offset: at => {
      const [first, start] = starts[starts.filter(([each]) => each <= at).length - 1];
      return start + at - first;
    },
    write: value => value.trimEnd().split('\n').map(line => line && indentation + line).join('\n') + /\s*$/.exec(body)![0],
  };
}
