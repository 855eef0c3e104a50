import { Manifest, Range } from './manifest';
import { inQuotes } from './quoted';
import { InputError } from '../../private/errors';
import { JsonNode, readJson } from '../../private/json';
import { TextFile } from '../input/text-file';

/** The documents of a file: one in JSON, any number in YAML. */
export function readManifests(file: TextFile): readonly Manifest[] {
  if (!isYaml(file)) return [jsonManifest(file)];
  return (require('./yaml-manifest') as typeof import('./yaml-manifest')).yamlManifests(file);
}

function isYaml({ path, text }: TextFile): boolean {
  if (/\.ya?ml$/i.test(path ?? '')) return true;
  return !/\.json$/i.test(path ?? '') && !/^\s*[{[]/.test(text);
}

function jsonManifest(file: TextFile): Manifest {
  const root = readJsonOf(file);
  const range = (node: JsonNode): Range => {
    const { line, column, length } = node.range!;
    const begin = file.lines.offset(line, column);
    return [begin, begin + length];
  };
  return { root, range, embedded: node => ({ ...inQuotes(file.text, range(node)), write: JSON.stringify }) };
}

function readJsonOf(file: TextFile): JsonNode {
  try {
    return readJson(file.text, file.name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // Not every error knows its file.
    throw new InputError(error.detail, { ...error.location, file: file.name });
  }
}
