import { ContainerRuntime } from './container-runtime';
import { AbiFilter } from './loaded-filter';
import { isAtLeast } from '../../private/version';
import { abiOf } from '../../syscalls/abis';
import { isKnown, nameOf } from '../../syscalls/numbers';
import { sinceLibseccomp } from '../../syscalls/since';
import { ProfileDocument } from '../document/document';

/** Kind of fault for which a runtime refuses a document. */
export type LoadFaultKind = 'unknown architecture' | 'mixed byte orders' | 'flag' | 'notify' | 'errno range' | 'errno without errno action' | 'conflict';

/** Reason why a runtime starts no container with a document, and its place in the document. */
export interface LoadFault {
  readonly kind: LoadFaultKind;
  readonly path: string;
  readonly reason: string;
}

/** First runc that knows an architecture, if not all do; `never` if no runc knows it. */
const RUNC_ARCHITECTURES: Readonly<Record<string, string>> = {
  SCMP_ARCH_RISCV64: '1.1.8',
  SCMP_ARCH_LOONGARCH64: '1.4.1',
  SCMP_ARCH_M68K: 'never',
  SCMP_ARCH_PARISC: 'never',
  SCMP_ARCH_PARISC64: 'never',
  SCMP_ARCH_SH: 'never',
  SCMP_ARCH_SHEB: 'never',
};

/** libseccomp accepts no errno from this number on. */
const MAX_ERRNO = 4095;

/**
 * Yields every reason why the runtime refuses the document on a node, in the order in which the runtime checks.
 *
 * @param abis ABIs of the filter, the native one first
 * @param filters the rules of each ABI
 */
export function* findLoadFaults(
  document: ProfileDocument, runtime: ContainerRuntime, abis: readonly string[], filters: readonly AbiFilter[],
): Iterable<LoadFault> {
  yield* architectureFaults(document, runtime, abis);
  yield* flagFaults(document, runtime);
  yield* notifyFaults(document, runtime);
  yield* errnoFaults(document, runtime);
  yield* conflictFaults(filters, abis);
}

function* architectureFaults(document: ProfileDocument, runtime: ContainerRuntime, abis: readonly string[]): Iterable<LoadFault> {
  for (const [index, name] of (document.architectures ?? []).entries()) {
    const at = { kind: 'unknown architecture', path: `architectures[${index}]` } as const;
    const needed = RUNC_ARCHITECTURES[name];
    if (runtime.name === 'runc' && needed && (needed === 'never' || !runtime._isRunc(needed))) {
      yield { ...at, reason: `${runtime.name} ${runtime.version} does not know ${name}${needed === 'never' ? '' : `, runc ${needed} and later know it`}` };
    }
    const { sinceLibseccomp: since } = abiOf(name);
    if (since && !isAtLeast(runtime.libseccomp, since)) {
      yield { ...at, reason: `libseccomp ${runtime.libseccomp} does not know ${name}, ${since} and later know it` };
    }
  }
  const order = (name: string) => abiOf(name).endianness;
  const other = abis.find(name => order(name) !== order(abis[0]));
  if (!other) return;
  const reason = `libseccomp refuses big- and little-endian architectures in one filter: ${abis[0]} is ${order(abis[0])}-endian, ${other} ${order(other)}-endian; `
    + 'forNode returns the document for one kind of node';
  yield { kind: 'mixed byte orders', path: 'architectures', reason };
}

function* flagFaults(document: ProfileDocument, runtime: ContainerRuntime): Iterable<LoadFault> {
  const { flags = [], listenerPath } = document;
  for (const [index, flag] of flags.entries()) {
    const at = { kind: 'flag', path: `flags[${index}]` } as const;
    const isForListeners = flag === 'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV';
    const needed = isForListeners ? '1.5.0-rc2' : '1.2.0';
    if (runtime.name === 'runc' && !runtime._isRunc(needed)) {
      yield { ...at, reason: `runc ${runtime.version} does not accept ${flag}, runc ${needed} and later accept it` };
    } else if (runtime.name === 'runc' && isForListeners) {
      yield* listenerFlagReasons(document, runtime, flag).map(reason => ({ ...at, reason }));
    }
    if (runtime.name === 'crun' && flag === 'SECCOMP_FILTER_FLAG_TSYNC' && listenerPath) {
      yield { ...at, reason: `crun passes ${flag} and, because of listenerPath, asks for a listener: the kernel refuses both together` };
    }
  }
}

/** Returns the reasons why a runc that knows the flag for listeners refuses it. crun starts containers with it, with a listener or without. */
function listenerFlagReasons({ syscalls = [] }: ProfileDocument, { libseccomp }: ContainerRuntime, flag: string): string[] {
  const hasListener = syscalls.some(({ action, names }) => action === 'SCMP_ACT_NOTIFY' && names.length > 0);
  return [
    ...isAtLeast(libseccomp, '2.6.0') ? [] : [`runc does not accept ${flag} with libseccomp ${libseccomp}, it does with 2.6.0 and later`],
    ...hasListener ? [] : [`runc asks the kernel for ${flag} without a listener, because no rule says SCMP_ACT_NOTIFY: which the kernel refuses`],
  ];
}

/** Yields faults of NOTIFY. crun starts containers with any such rule: without an agent the calls fail with ENOSYS. */
function* notifyFaults(document: ProfileDocument, runtime: ContainerRuntime): Iterable<LoadFault> {
  const kind = 'notify';
  if (document.defaultAction === 'SCMP_ACT_NOTIFY') {
    const reason = `${runtime.name} does not start with SCMP_ACT_NOTIFY as the default action: it makes calls itself before the agent listens`;
    yield { kind, path: 'defaultAction', reason };
  }
  if (runtime.name === 'crun') return;
  for (const [index, { action, names }] of (document.syscalls ?? []).entries()) {
    if (action !== 'SCMP_ACT_NOTIFY') continue;
    if (!document.listenerPath) {
      yield { kind, path: `syscalls[${index}].action`, reason: 'SCMP_ACT_NOTIFY needs an agent, but the profile has no listenerPath: runc refuses it' };
    }
    if (names.includes('write')) {
      const path = `syscalls[${index}].names[${names.indexOf('write')}]`;
      yield { kind, path, reason: 'SCMP_ACT_NOTIFY on write: runc needs write to pass the listener to the agent' };
    }
  }
}

function* errnoFaults(document: ProfileDocument, runtime: ContainerRuntime): Iterable<LoadFault> {
  const places = [
    { action: document.defaultAction, errno: document.defaultErrnoRet, path: 'defaultErrnoRet', used: true },
    ...(document.syscalls ?? []).map(({ action, errnoRet, names }, index) => ({
      action, errno: errnoRet, path: `syscalls[${index}].errnoRet`, used: names.some(name => isKnownTo(runtime, name)),
    })),
  ];
  for (const { action, errno, path, used } of places) {
    if (errno === undefined) continue;
    // Only the low 16 bits reach libseccomp.
    if (used && action === 'SCMP_ACT_ERRNO' && (errno & 0xffff) >= MAX_ERRNO) {
      yield { kind: 'errno range', path, reason: `libseccomp refuses errno ${errno & 0xffff}, the largest is ${MAX_ERRNO - 1}` };
    }
    if (runtime.name === 'crun' && !['SCMP_ACT_ERRNO', 'SCMP_ACT_TRACE'].includes(action)) {
      yield { kind: 'errno without errno action', path, reason: `crun refuses an errno with ${action}, which returns none` };
    }
  }
}

function* conflictFaults(filters: readonly AbiFilter[], abis: readonly string[]): Iterable<LoadFault> {
  for (const [index, filter] of filters.entries()) {
    for (const [number, { conflict }] of filter) {
      if (!conflict) continue;
      const [first, second] = conflict;
      // Through a multiplexer, rules with different conditions can get the same ones.
      const through = nameOf(abis[index], number);
      const call = through === undefined || through === second.name ? second.name : `${second.name} through ${through} of ${abis[index]}`;
      const reason = `${first.path} has at least the same conditions on ${call} and another action: libseccomp refuses the second rule`;
      yield { kind: 'conflict', path: second.path, reason };
    }
  }
}

function isKnownTo({ libseccomp }: ContainerRuntime, name: string): boolean {
  const since = sinceLibseccomp(name);
  return isKnown(name) && (since === undefined || isAtLeast(libseccomp, since));
}
