import { ACTIONS, ArgumentCondition, DocumentRule, FLAGS, OPERATORS, ProfileDocument } from './document';
import { each, FieldNames, Fields, integer, members, oneOf, optional, readString, uint32, uint64, withoutUndefined } from './parse-fields';
import { JsonNode } from '../../private/json';
import { ABIS } from '../../syscalls/abis';

export const ARCHITECTURES = ABIS.map(abi => abi.name);

export const PROFILE_FIELDS: FieldNames = {
  required: ['defaultAction'],
  optional: ['defaultErrnoRet', 'architectures', 'flags', 'listenerPath', 'listenerMetadata', 'syscalls'],
};
export const RULE_FIELDS: FieldNames = { required: ['names', 'action'], optional: ['errnoRet', 'args'] };

/** Fields that an engine reads to make an OCI document, by the project that defines them. */
const ENGINE_PROFILE_FIELDS = new Map([['archMap', formatOf('Docker')], ['defaultErrno', formatOf('containers-common')]]);
const ENGINE_RULE_FIELDS = new Map([
  ...['name', 'comment', 'includes', 'excludes'].map(field => [field, formatOf('Docker')] as const),
  ['errno', formatOf('containers-common')],
]);

/** Reads a document strictly: refuses a value or field that the specification does not have, with its path. */
export function parseDocument(node: JsonNode): ProfileDocument {
  return readProfile(members(node, 'seccomp profile', { ...PROFILE_FIELDS, foreign: ENGINE_PROFILE_FIELDS }), each(parseRule));
}

export function readProfile(fields: Fields, rules: (node: JsonNode) => DocumentRule[]): ProfileDocument {
  return withoutUndefined({
    defaultAction: oneOf(fields.defaultAction!, 'an action of the OCI runtime-spec', ACTIONS),
    defaultErrnoRet: optional(fields.defaultErrnoRet, uint32),
    architectures: optional(fields.architectures, each(architecture)),
    flags: optional(fields.flags, each(item => oneOf(item, 'a flag of the OCI runtime-spec', FLAGS))),
    listenerPath: optional(fields.listenerPath, readString),
    listenerMetadata: optional(fields.listenerMetadata, readString),
    syscalls: optional(fields.syscalls, rules),
  });
}

export function parseRule(node: JsonNode): DocumentRule {
  const fields = members(node, 'syscall rule', { ...RULE_FIELDS, foreign: ENGINE_RULE_FIELDS });
  return readRule(fields, readNames(fields.names!));
}

export function readRule(fields: Fields, names: string[]): DocumentRule {
  return withoutUndefined({
    names,
    action: oneOf(fields.action!, 'an action of the OCI runtime-spec', ACTIONS),
    errnoRet: optional(fields.errnoRet, uint32),
    args: optional(fields.args, each(condition)),
  });
}

export function readNames(node: JsonNode): string[] {
  const names = each(readName)(node);
  if (names.length === 0) throw node.error('is empty, expected at least one system call name');
  return names;
}

export function readName(node: JsonNode): string {
  const value = readString(node);
  if (value === '') throw node.error('"" is not a system call name, expected one such as "clone3"');
  return value;
}

export function architecture(node: JsonNode): string {
  return oneOf(node, 'an architecture of the OCI runtime-spec', ARCHITECTURES);
}

export const CONDITION_FIELDS: FieldNames = { required: ['index', 'value', 'op'], optional: ['valueTwo'] };

function condition(node: JsonNode): ArgumentCondition {
  const fields = members(node, 'argument condition', CONDITION_FIELDS);
  return withoutUndefined({
    index: Number(integer(fields.index!, 5n, 'the index of an argument, 0 to 5')),
    value: uint64(fields.value!),
    valueTwo: optional(fields.valueTwo, uint64),
    op: oneOf(fields.op!, 'an operator of the OCI runtime-spec', OPERATORS),
  });
}

function formatOf(project: string): string {
  return `is a field of ${project}'s profile format, not of the OCI format that a node reads: containerd would silently drop it; `
    + 'expand the document with SeccompProfile.fromDockerFormat';
}
