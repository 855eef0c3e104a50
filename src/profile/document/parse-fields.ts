import { list } from '../../private/errors';
import { JsonNode } from '../../private/json';

const UINT32_MAX = 2n ** 32n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

export type Fields = Record<string, JsonNode | undefined>;

/** The fields that an object may have. */
export interface FieldNames {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Fields of a format that users confuse with this one, with an error message for each. */
  readonly foreign?: ReadonlyMap<string, string>;
}

/** Returns the members of an object. Refuses an unknown one. */
export function members(node: JsonNode, what: string, names: FieldNames): Fields {
  const known = [...names.required, ...names.optional];
  if (node.kind !== 'object') throw node.error(`${node.shown} is not a ${what}, expected an object with ${list(known)}`);
  for (const [key, child] of node.children) {
    if (known.includes(String(key))) continue;
    throw child.error(names.foreign?.get(String(key)) ?? `unknown field of a ${what}, expected one of ${list(known)}`);
  }
  const fields: Fields = Object.fromEntries(node.children);
  for (const required of names.required) {
    if (!fields[required]) throw node.error(`${required} is missing, expected in every ${what}`);
  }
  return fields;
}

export function each<T>(read: (node: JsonNode) => T): (node: JsonNode) => T[] {
  return node => {
    if (node.kind !== 'array') throw node.error(`${node.shown} is not a list, expected an array`);
    return node.children.map(([, child]) => read(child));
  };
}

export function readString(node: JsonNode): string {
  if (node.kind !== 'string') throw node.error(`${node.shown} is not a string, expected one`);
  return node.scalar as string;
}

/** Reads one of the values of a specification; `what` names it with its article: `an action of the OCI runtime-spec`. */
export function oneOf(node: JsonNode, what: string, values: readonly string[]): string {
  const value = readString(node);
  if (!values.includes(value)) throw node.error(`${node.shown} is not ${what}, expected one of ${list(values)}`);
  return value;
}

export const uint32 = (node: JsonNode): number => Number(integer(node, UINT32_MAX, 'an unsigned 32-bit integer'));
export const uint64 = (node: JsonNode): bigint => integer(node, UINT64_MAX, 'an unsigned 64-bit integer');

export function integer(node: JsonNode, max: bigint, expected: string): bigint {
  // Go's decoder, which reads the file on a node, accepts only digits as an integer: not 1.0, not 1e3.
  const value = node.kind === 'number' && /^\d+$/.test(node.scalar as string) ? BigInt(node.scalar as string) : undefined;
  if (value === undefined || value > max) throw node.error(`${node.shown} is out of range, expected ${expected}`);
  return value;
}

export function optional<T>(node: JsonNode | undefined, read: (node: JsonNode) => T): T | undefined {
  return node && read(node);
}

export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
