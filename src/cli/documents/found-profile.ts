import { EmbeddedText, Manifest, Range } from './manifest';
import { isProfileField } from '../../manifests/profiles';
import { InputError } from '../../private/errors';
import { JsonNode, readJson, wrapJson } from '../../private/json';
import { Place } from '../input/lines';
import { TextFile } from '../input/text-file';

/** A profile, and where in a file it stands. */
export interface FoundProfile {
  readonly file: TextFile;
  /** What it is part of, such as `ConfigMap seccomp/profiles, app.json`; undefined if it is the file. */
  readonly resource?: string;
  readonly root: JsonNode;
  /** Where a value stands in the file; the profile as a whole, if the path is none of its values. */
  readonly place: (path: string) => Place;
  /** The profile as JSON text, or the value of its fields. */
  readonly value: unknown;
  /** Whether an operator adds the rules of another profile to it. */
  readonly isPart?: boolean;
  /** Where its text stands, and how another one takes its place; undefined if it is not there as text that can be replaced. */
  readonly source?: { readonly text: string; readonly range: Range; readonly write: (text: string) => string };
}

/** A file that is a profile. */
export function bareProfile(file: TextFile, { root, range }: Manifest): FoundProfile {
  const { text } = file;
  return { file, root, value: text, place: placeIn(file, root, range), source: { text, range: [0, text.length], write: other => other } };
}

/** A profile that stands as text inside of something else. */
export function embeddedProfile(file: TextFile, resource: string, text: string, embedded: EmbeddedText): FoundProfile {
  const inside = new TextFile(file.name, text);
  const inFile = (index: number) => embedded.offset(index);
  const root = readEmbedded(inside, file, resource, inFile);
  const range = (node: JsonNode): Range => {
    const { line, column, length } = node.range!;
    const begin = inside.lines.offset(line, column);
    return [inFile(begin), inFile(begin + length)];
  };
  const { write } = embedded;
  return { file, resource, root, value: text, place: placeIn(file, root, range), source: write && { text, range: embedded.range, write } };
}

/** A profile whose fields are fields of something else. */
export function fieldsProfile(file: TextFile, resource: string, spec: JsonNode, apiVersion: string, { range }: Manifest): FoundProfile {
  const own = spec.withChildren(spec.children.filter(([key]) => isProfileField(apiVersion, String(key))));
  // Paths begin at the profile.
  const value = valueOf(own);
  const root = wrapJson(value);
  const twins = new Map<string, JsonNode>();
  pair(root, own, twins);
  const isPart = spec.children.some(([key, { scalar }]) => key === 'baseProfileName' && scalar !== '');
  return { file, resource, root, value, isPart, place: placeIn(file, root, node => range(twins.get(node.path) ?? spec)) };
}

/** Every value of a document by its path. */
export function nodesByPath(node: JsonNode, into = new Map<string, JsonNode>()): Map<string, JsonNode> {
  into.set(node.path, node);
  for (const [, child] of node.children) nodesByPath(child, into);
  return into;
}

function placeIn(file: TextFile, root: JsonNode, range: (node: JsonNode) => Range): (path: string) => Place {
  let nodes: Map<string, JsonNode> | undefined;
  return path => {
    nodes ??= nodesByPath(root);
    const [begin, end] = range(nodes.get(path) ?? root);
    // What is about the whole profile points at its beginning.
    return file.lines.place(begin, path !== '' && nodes.has(path) ? end : begin);
  };
}

function readEmbedded(inside: TextFile, file: TextFile, resource: string, inFile: (index: number) => number): JsonNode {
  try {
    return readJson(inside.text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { line = 1, column = 1 } = error.location;
    const at = inFile(inside.lines.offset(line, column));
    throw file.error(`${resource}: ${error.detail}`, file.lines.place(at, at));
  }
}

function valueOf({ kind, children, scalar }: JsonNode): unknown {
  switch (kind) {
    case 'object': return Object.fromEntries(children.map(([key, child]) => [key, valueOf(child)]));
    case 'array': return children.map(([, child]) => valueOf(child));
    case 'number': return /^-?\d+$/.test(String(scalar)) ? BigInt(String(scalar)) : Number(scalar);
    case 'null': return null;
    default: return scalar;
  }
}

function pair(one: JsonNode, other: JsonNode, twins: Map<string, JsonNode>): void {
  twins.set(one.path, other);
  const children = new Map(other.children);
  for (const [key, child] of one.children) pair(child, children.get(key)!, twins);
}
