import { Setting } from './starter';
import { isAtLeast } from '../../../src/private/version';
import { ContainerRuntime } from '../../../src/profile/filter/container-runtime';
import { RUNTIME_NEEDS, RuntimeNeed } from '../../../src/profile/filter/runtime-needs';
import { OciRuntimeName } from '../runtimes/oci-runtime';
import { ENOSYS, EPERM } from '../runtimes/syscall-report';

/** What test/node/runtime-needs/exit.c calls itself. */
export const PROGRAM_NEEDS = ['exit_group'];

const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP',
  'SETUID', 'SYS_CHROOT',
].map(name => `CAP_${name}`);

export const SETTINGS: Readonly<Record<string, Setting>> = {
  'root': { uid: 0, noNewPrivileges: false, capabilities: DEFAULT_CAPABILITIES },
  'a user': { uid: 1001, noNewPrivileges: false, capabilities: DEFAULT_CAPABILITIES },
  'a user without new privileges': { uid: 1001, noNewPrivileges: true, capabilities: [] },
};

/** How a call is not executed. */
export type Refusal = 'EPERM' | 'ENOSYS' | 'KILL';
export const REFUSALS: readonly Refusal[] = ['EPERM', 'ENOSYS', 'KILL'];

export function denylist(abi: string, names: readonly string[], refusal: Refusal): object {
  return { defaultAction: 'SCMP_ACT_ALLOW', architectures: [abi], syscalls: [{ names, ...rule(refusal) }] };
}

export function allowlist(abi: string, names: readonly string[], refusal: Refusal): object {
  const { action, errnoRet } = rule(refusal);
  return { defaultAction: action, defaultErrnoRet: errnoRet, architectures: [abi], syscalls: [{ names, action: 'SCMP_ACT_ALLOW' }] };
}

function rule(refusal: Refusal): { action: string; errnoRet?: number } {
  if (refusal === 'KILL') return { action: 'SCMP_ACT_KILL_PROCESS' };
  return { action: 'SCMP_ACT_ERRNO', errnoRet: refusal === 'EPERM' ? EPERM : ENOSYS };
}

export function needsOf({ name, version }: ContainerRuntime, { uid, noNewPrivileges }: Setting): RuntimeNeed[] {
  return RUNTIME_NEEDS[name as OciRuntimeName].filter(({ newPrivilegesOnly, nonRootOnly, since = '0', before }) => {
    const isOfVersion = isAtLeast(version, since) && !(before && isAtLeast(version, before));
    return isOfVersion && !(newPrivilegesOnly && noNewPrivileges) && !(nonRootOnly && uid === 0);
  });
}

export function isFatal({ tolerates }: RuntimeNeed, refusal: Refusal): boolean {
  return refusal === 'KILL' || tolerates === undefined || (tolerates === 'EPERM' && refusal === 'ENOSYS');
}

/** Exactly what the runtime and the program need, each of several that will do being the one at a position. */
export function exactNeeds(needs: readonly RuntimeNeed[], refusal: Refusal, choice: number): string[] {
  return [...PROGRAM_NEEDS, ...needs.filter(need => isFatal(need, refusal)).map(({ anyOf }) => anyOf.at(choice)!)];
}
