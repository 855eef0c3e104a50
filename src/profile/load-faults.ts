import { ProfileDocument } from './document';
import { AbiFilter } from './loaded-filter';
import { Runtime } from './runtime';
import { ABIS } from '../syscalls/abis';
import { isKnown } from '../syscalls/numbers';
import { sinceLibseccomp } from '../syscalls/since';
import { isAtLeast } from '../syscalls/version';

/** Why a runtime refuses to start any container with a document, and where in the document. */
export interface LoadFault {
  readonly path: string;
  readonly reason: string;
}

/** First runc that knows an architecture, where not all do; `never` for those that no runc knows. */
const RUNC_ARCHITECTURES: Readonly<Record<string, string>> = {
  SCMP_ARCH_RISCV64: '1.1.8',
  SCMP_ARCH_LOONGARCH64: '1.4.1',
  SCMP_ARCH_M68K: 'never',
  SCMP_ARCH_PARISC: 'never',
  SCMP_ARCH_PARISC64: 'never',
  SCMP_ARCH_SH: 'never',
  SCMP_ARCH_SHEB: 'never',
};

/** libseccomp takes no errno from here on. */
const MAX_ERRNO = 4095;

/**
 * The first reason why the runtime refuses the document on a node.
 *
 * @param abis the ABIs of the filter, the node's own first
 * @param filters the rules of each
 */
export function findLoadFault(
  document: ProfileDocument, runtime: Runtime, abis: readonly string[], filters: readonly AbiFilter[],
): LoadFault | undefined {
  return architectureFault(document, runtime, abis)
    ?? flagFault(document, runtime)
    ?? notifyFault(document, runtime)
    ?? errnoFault(document, runtime)
    ?? conflictFault(filters);
}

function architectureFault(document: ProfileDocument, runtime: Runtime, abis: readonly string[]): LoadFault | undefined {
  const order = (name: string) => abiOf(name).endianness;
  for (const [index, name] of (document.architectures ?? []).entries()) {
    const path = `architectures[${index}]`;
    const needed = RUNC_ARCHITECTURES[name];
    if (runtime.name === 'runc' && needed && (needed === 'never' || !runtime._isRunc(needed))) {
      return { path, reason: `${runtime.name} ${runtime.version} does not know ${name}${needed === 'never' ? '' : `, runc ${needed} and later do`}` };
    }
    const { sinceLibseccomp: since } = abiOf(name);
    if (since && !isAtLeast(runtime.libseccomp, since)) {
      return { path, reason: `libseccomp ${runtime.libseccomp} does not know ${name}, ${since} and later do` };
    }
  }
  const other = abis.findIndex(name => order(name) !== order(abis[0]));
  return other < 0 ? undefined : {
    path: 'architectures',
    reason: `libseccomp refuses big- and little-endian architectures in one filter: ${abis[0]} is ${order(abis[0])}-endian, `
      + `${abis[other]} ${order(abis[other])}-endian; forNode gives the document of one kind of node`,
  };
}

function flagFault({ flags = [], listenerPath }: ProfileDocument, runtime: Runtime): LoadFault | undefined {
  for (const [index, flag] of flags.entries()) {
    const needed = flag === 'SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV' ? '1.5.0-rc2' : '1.2.0';
    if (runtime.name === 'runc' && !runtime._isRunc(needed)) {
      return { path: `flags[${index}]`, reason: `runc ${runtime.version} does not take ${flag}, runc ${needed} and later do` };
    }
    if (runtime.name === 'crun' && flag === 'SECCOMP_FILTER_FLAG_TSYNC' && listenerPath) {
      return { path: `flags[${index}]`, reason: `crun asks the kernel for a listener, because of listenerPath, and for ${flag}: the kernel refuses both together` };
    }
  }
  return undefined;
}

/** crun starts containers with any rule for NOTIFY: without an agent such calls fail with ENOSYS. */
function notifyFault(document: ProfileDocument, runtime: Runtime): LoadFault | undefined {
  if (document.defaultAction === 'SCMP_ACT_NOTIFY') {
    return { path: 'defaultAction', reason: `${runtime.name} does not start with SCMP_ACT_NOTIFY as the default action: it makes calls itself before the agent is there` };
  }
  if (runtime.name === 'crun') return undefined;
  for (const [index, { action, names }] of (document.syscalls ?? []).entries()) {
    if (action !== 'SCMP_ACT_NOTIFY') continue;
    if (!document.listenerPath) {
      return { path: `syscalls[${index}].action`, reason: 'SCMP_ACT_NOTIFY needs an agent, and the profile has no listenerPath: runc refuses that' };
    }
    if (names.includes('write')) {
      return { path: `syscalls[${index}].names[${names.indexOf('write')}]`, reason: 'SCMP_ACT_NOTIFY on write: runc needs write to hand the listener to the agent' };
    }
  }
  return undefined;
}

function errnoFault(document: ProfileDocument, runtime: Runtime): LoadFault | undefined {
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
      return { path, reason: `libseccomp takes no errno ${errno & 0xffff}, the largest is ${MAX_ERRNO - 1}` };
    }
    if (runtime.name === 'crun' && !['SCMP_ACT_ERRNO', 'SCMP_ACT_TRACE'].includes(action)) {
      return { path, reason: `crun refuses an errno with ${action}, which has none` };
    }
  }
  return undefined;
}

function conflictFault(filters: readonly AbiFilter[]): LoadFault | undefined {
  for (const filter of filters) {
    for (const { conflict } of filter.values()) {
      if (conflict) {
        const [first, second] = conflict;
        return { path: second.path, reason: `${first.path} has the same conditions on ${second.name}, or more, and another action: libseccomp refuses the second` };
      }
    }
  }
  return undefined;
}

function isKnownTo({ libseccomp }: Runtime, name: string): boolean {
  const since = sinceLibseccomp(name);
  return isKnown(name) && (since === undefined || isAtLeast(libseccomp, since));
}

function abiOf(name: string) {
  return ABIS.find(abi => abi.name === name)!;
}
