import { DocumentRule, ProfileDocument } from './document';
import { list, show } from '../../private/errors';
import { abiOf } from '../../syscalls/abis';

/** Versions of the API: operators since 1.0.0 have `v1`, older ones `v1beta1`. */
export type OperatorApi = 'v1' | 'v1beta1';

/** A value of a profile that a SeccompProfile resource cannot hold, and its place in the profile. */
export interface OperatorFault {
  readonly path: string;
  readonly reason: string;
}

const OPERATOR_ARCHITECTURES = [
  'X86', 'X86_64', 'X32', 'ARM', 'AARCH64', 'MIPS', 'MIPS64', 'MIPS64N32', 'MIPSEL', 'MIPSEL64', 'MIPSEL64N32', 'PPC', 'PPC64', 'PPC64LE', 'S390', 'S390X',
  'PARISC', 'PARISC64', 'RISCV64',
].map(name => `SCMP_ARCH_${name}`);

const LISTENER_PATH = /^\/var\/run\/security-profiles-operator\/[a-zA-Z0-9_.-]+$/;
const INT32_MAX = 2 ** 31 - 1;
const INT64_MAX = 2n ** 63n - 1n;
const MAX_CONDITIONS = 6;

/**
 * Yields everything in a profile that a SeccompProfile resource would lose: values that are refused or silently dropped.
 *
 * @see https://github.com/kubernetes-sigs/security-profiles-operator/blob/v1.0.0/deploy/base-crds/crds/seccompprofile.yaml
 */
export function* operatorFaults(document: ProfileDocument, api: OperatorApi): Iterable<OperatorFault> {
  const { defaultAction, defaultErrnoRet, architectures = [], flags = [], listenerPath, syscalls = [] } = document;
  if (defaultErrnoRet !== undefined) {
    const reason = `${defaultErrnoRet} ${dropped(defaultAction)}, expected no such field: name the calls in a rule with errnoRet`;
    yield { path: 'defaultErrnoRet', reason };
  }
  for (const [index, name] of architectures.entries()) {
    if (OPERATOR_ARCHITECTURES.includes(name)) continue;
    yield { path: `architectures[${index}]`, reason: `${name} is not an architecture of the operator, expected one of ${list(OPERATOR_ARCHITECTURES)}` };
  }
  if (api === 'v1') {
    yield* repetitions('architectures', architectures);
    yield* repetitions('flags', flags);
    if (listenerPath !== undefined && !LISTENER_PATH.test(listenerPath)) {
      yield { path: 'listenerPath', reason: `${show(listenerPath)} is not a path that the operator accepts, expected a socket in /var/run/security-profiles-operator/` };
    }
  }
  for (const [index, rule] of syscalls.entries()) yield* ruleFaults(`syscalls[${index}]`, rule, api);
}

function* ruleFaults(path: string, { names, action, errnoRet, args = [] }: DocumentRule, api: OperatorApi): Iterable<OperatorFault> {
  if (api === 'v1') yield* repetitions(`${path}.names`, names);
  if (errnoRet === 0) {
    yield { path: `${path}.errnoRet`, reason: `0 ${dropped(action)}, expected 1 or more, or no such field` };
  }
  if (api === 'v1' && errnoRet !== undefined && errnoRet > INT32_MAX) {
    yield { path: `${path}.errnoRet`, reason: `${errnoRet} is above 2^31-1, expected a signed 32-bit integer` };
  }
  if (args.length > MAX_CONDITIONS) {
    yield { path: `${path}.args`, reason: `${args.length} conditions are more than the operator accepts, expected at most ${MAX_CONDITIONS}` };
  }
  for (const [at, { value, valueTwo = 0n }] of args.entries()) {
    for (const [field, operand] of Object.entries({ value, valueTwo })) {
      if (operand <= INT64_MAX) continue;
      yield { path: `${path}.args[${at}].${field}`, reason: `${operand} is above 2^63-1, expected a signed 64-bit integer: the operator keeps no other` };
    }
  }
}

function dropped(action: string): string {
  return `would be silently dropped${action === 'SCMP_ACT_ERRNO' ? ', and the calls would fail with EPERM (1)' : ''}`;
}

/** Yields values that appear twice: since 1.0.0 these lists are sets, and the API server refuses such values. */
function* repetitions(path: string, values: readonly string[]): Iterable<OperatorFault> {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) < index) yield { path: `${path}[${index}]`, reason: `${show(value)} appears twice, expected once: the operator's list is a set` };
  }
}

/** Returns a big-endian and a little-endian architecture, if the document has both. */
export function bothByteOrders({ architectures = [] }: ProfileDocument): readonly [string, string] | undefined {
  const [big, little] = ['big', 'little'].map(order => architectures.find(name => abiOf(name).endianness === order));
  return big && little ? [big, little] : undefined;
}
