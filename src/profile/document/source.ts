import { readFileSync } from 'fs';
import { InputError } from '../../private/errors';
import { JsonNode, readJson, wrapJson } from '../../private/json';

/** Reads a document that is given as JSON text or as a parsed value. */
export function readSource(value: unknown): JsonNode {
  return typeof value === 'string' ? readJson(value) : wrapJson(value);
}

/** Reads a JSON file. Errors in it carry line and column. */
export function readSourceFile(path: string): JsonNode {
  return readJson(readUtf8(path), path);
}

function readUtf8(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8' : code === 'ENOENT' ? 'no such file' : message;
    throw new InputError(`cannot be read: ${reason}`, { file: path });
  }
}
