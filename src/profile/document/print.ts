import { ArgumentCondition, DocumentRule, ProfileDocument } from './document';

/**
 * Prints a document: fields in the order of the specification, two spaces, a newline at the end. Equal documents print equal bytes.
 *
 * `JSON.stringify` cannot print it: it refuses a bigint, and arguments have 64 bits.
 */
export function printDocument(document: ProfileDocument): string {
  const ordered = {
    defaultAction: document.defaultAction,
    defaultErrnoRet: document.defaultErrnoRet,
    architectures: document.architectures,
    flags: document.flags,
    listenerPath: document.listenerPath,
    listenerMetadata: document.listenerMetadata,
    syscalls: document.syscalls?.map(orderedRule),
  };
  return `${print(ordered, '')}\n`;
}

function orderedRule({ names, action, errnoRet, args }: DocumentRule): object {
  return { names, action, errnoRet, args: args?.map(orderedCondition) };
}

function orderedCondition({ index, value, valueTwo, op }: ArgumentCondition): object {
  return { index, value, valueTwo, op };
}

function print(value: unknown, indent: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const lines = isList
    ? value.map(item => print(item, inner))
    : Object.entries(value).filter(([, member]) => member !== undefined).map(([key, member]) => `${JSON.stringify(key)}: ${print(member, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  return lines.length === 0 ? open + close : `${open}\n${lines.map(line => inner + line).join(',\n')}\n${indent}${close}`;
}
