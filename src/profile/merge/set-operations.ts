import { checkCombination } from './combination-check';
import { Choose, combineRules, morePermissive, stricter } from './combine';
import { InputError, list } from '../../private/errors';
import { abiOf } from '../../syscalls/abis';
import { ProfileDocument } from '../document/document';
import { toAnswer, defaultAnswer } from '../filter/answers';

/** Returns a document that allows only what both allow, with the stricter answer: the kernel does this if both are loaded. */
export function intersectDocuments(a: ProfileDocument, b: ProfileDocument): ProfileDocument {
  // Without a list only the native ABI is in the filter, and it is in both.
  const architectures = a.architectures?.filter(name => b.architectures?.includes(name));
  // A flag such as SPEC_ALLOW loosens a filter; it stays only if both profiles have it.
  const flags = a.flags?.filter(flag => b.flags?.includes(flag));
  const result = combined(a, b, stricter, architectures, flags);
  checkCombination(a, b, result, (executed, left, right) => !executed || (left && right));
  return result;
}

/** Returns a document that allows what either allows. */
export function unionDocuments(a: ProfileDocument, b: ProfileDocument): ProfileDocument {
  const architectures = [...new Set([...a.architectures ?? [], ...b.architectures ?? []])];
  if (isMixed(architectures) && !isMixed(a.architectures ?? []) && !isMixed(b.architectures ?? [])) {
    throw new InputError(`architectures ${list(architectures)} are big- and little-endian, expected profiles for nodes of one byte order: `
      + 'no runtime loads both in one filter');
  }
  const result = combined(a, b, morePermissive, architectures, [...new Set([...a.flags ?? [], ...b.flags ?? []])]);
  checkCombination(a, b, result, (executed, left, right) => executed || (!left && !right));
  return result;
}

function combined(
  a: ProfileDocument, b: ProfileDocument, choose: Choose, architectures?: readonly string[], flags?: readonly string[],
): ProfileDocument {
  const { action, errno } = choose(defaultAnswer(a), defaultAnswer(b));
  const listenerPath = agreed('listenerPath', a.listenerPath, b.listenerPath);
  const listenerMetadata = agreed('listenerMetadata', a.listenerMetadata, b.listenerMetadata);
  return {
    defaultAction: action,
    ...(errno !== undefined && errno !== toAnswer(action).errno && { defaultErrnoRet: errno }),
    ...(architectures?.length && { architectures }),
    ...(flags?.length && { flags }),
    ...(listenerPath !== undefined && { listenerPath }),
    ...(listenerMetadata !== undefined && { listenerMetadata }),
    syscalls: combineRules(a, b, choose),
  };
}

function agreed(field: string, a?: string, b?: string): string | undefined {
  if (a !== undefined && b !== undefined && a !== b) {
    throw new InputError(`${field} is ${JSON.stringify(a)} in one profile and ${JSON.stringify(b)} in the other, expected the same agent`);
  }
  return a ?? b;
}

function isMixed(architectures: readonly string[]): boolean {
  return new Set(architectures.map(name => abiOf(name).endianness)).size > 1;
}
