import { ACTIONS, ArgumentCondition, FLAGS, OPERATORS, ProfileDocument, SyscallRule } from './document';
import { list } from '../private/errors';
import { JsonNode } from '../private/json';
import { ABIS } from '../syscalls/abis';

const UINT32_MAX = 2n ** 32n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;
const ARCHITECTURES = ABIS.map(abi => abi.name);

/** Reads a document strictly: what is not in the specification is refused where it stands. */
export function parseDocument(node: JsonNode): ProfileDocument {
  const fields = members(node, 'seccomp profile', {
    required: ['defaultAction'],
    optional: ['defaultErrnoRet', 'architectures', 'flags', 'listenerPath', 'listenerMetadata', 'syscalls'],
  });
  return withoutUndefined({
    defaultAction: oneOf(fields.defaultAction!, 'action', ACTIONS),
    defaultErrnoRet: optional(fields.defaultErrnoRet, uint32),
    architectures: optional(fields.architectures, each(item => oneOf(item, 'architecture', ARCHITECTURES))),
    flags: optional(fields.flags, each(item => oneOf(item, 'flag', FLAGS))),
    listenerPath: optional(fields.listenerPath, text),
    listenerMetadata: optional(fields.listenerMetadata, text),
    syscalls: optional(fields.syscalls, each(rule)),
  });
}

function rule(node: JsonNode): SyscallRule {
  const fields = members(node, 'syscall rule', { required: ['names', 'action'], optional: ['errnoRet', 'args'] });
  const names = each(name)(fields.names!);
  if (names.length === 0) throw fields.names!.error('is empty, expected at least one system call name');
  return withoutUndefined({
    names,
    action: oneOf(fields.action!, 'action', ACTIONS),
    errnoRet: optional(fields.errnoRet, uint32),
    args: optional(fields.args, each(condition)),
  });
}

function condition(node: JsonNode): ArgumentCondition {
  const fields = members(node, 'argument condition', { required: ['index', 'value', 'op'], optional: ['valueTwo'] });
  return withoutUndefined({
    index: Number(integer(fields.index!, 5n, 'the index of an argument, 0 to 5')),
    value: uint64(fields.value!),
    valueTwo: optional(fields.valueTwo, uint64),
    op: oneOf(fields.op!, 'operator', OPERATORS),
  });
}

function members(node: JsonNode, what: string, names: { required: string[]; optional: string[] }): Record<string, JsonNode | undefined> {
  const known = [...names.required, ...names.optional];
  if (node.kind !== 'object') throw node.error(`${node.shown} is not a ${what}, expected an object with ${list(known)}`);
  for (const [key, child] of node.children) {
    if (!known.includes(String(key))) throw child.error(`unknown field of a ${what}, expected one of ${list(known)}`);
  }
  const fields: Record<string, JsonNode | undefined> = Object.fromEntries(node.children);
  for (const required of names.required) {
    if (!fields[required]) throw node.error(`${required} is missing, expected in every ${what}`);
  }
  return fields;
}

function each<T>(read: (node: JsonNode) => T): (node: JsonNode) => T[] {
  return node => {
    if (node.kind !== 'array') throw node.error(`${node.shown} is not a list, expected an array`);
    return node.children.map(([, child]) => read(child));
  };
}

function text(node: JsonNode): string {
  if (node.kind !== 'string') throw node.error(`${node.shown} is not a string, expected one`);
  return node.scalar as string;
}

function name(node: JsonNode): string {
  const value = text(node);
  if (value === '') throw node.error('"" is not a system call name, expected one such as "clone3"');
  return value;
}

function oneOf(node: JsonNode, what: string, values: readonly string[]): string {
  const value = text(node);
  if (!values.includes(value)) throw node.error(`${node.shown} is not ${/^[aeo]/.test(what) ? 'an' : 'a'} ${what} of the OCI runtime-spec, expected one of ${list(values)}`);
  return value;
}

const uint32 = (node: JsonNode): number => Number(integer(node, UINT32_MAX, 'an unsigned 32-bit integer'));
const uint64 = (node: JsonNode): bigint => integer(node, UINT64_MAX, 'an unsigned 64-bit integer');

function integer(node: JsonNode, max: bigint, expected: string): bigint {
  // Go's decoder, which is what reads the file on a node, takes an integer only when it is written as one: not 1.0, not 1e3.
  const value = node.kind === 'number' && /^\d+$/.test(node.scalar as string) ? BigInt(node.scalar as string) : undefined;
  if (value === undefined || value > max) throw node.error(`${node.shown} is out of range, expected ${expected}`);
  return value;
}

function optional<T>(node: JsonNode | undefined, read: (node: JsonNode) => T): T | undefined {
  return node && read(node);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
