import { AuditFields } from './line';
import { SeccompAction } from '../../profile/document/action';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { ABIS } from '../../syscalls/abis';
import { nameOf, numberOf } from '../../syscalls/numbers';

/** A system call from an audit record. */
export interface AuditedCall {
  /** ABI of the call; undefined if the record has none, or one that libseccomp does not know. */
  readonly architecture?: SeccompArchitecture;
  /** True if the ABI is a compat ABI of the node, such as 32-bit ARM on arm64; undefined if the record does not say. */
  readonly isCompat?: boolean;
  /** Number of the call on that ABI; undefined if the record has a name instead that the ABI does not know. */
  readonly number?: number;
  /** Name of the call; undefined if the number has none. */
  readonly name?: string;
  /** Action of the filter; undefined for an unknown code. */
  readonly action?: SeccompAction;
  /** Name of the thread. */
  readonly comm?: string;
  /** Path of the program in its mount namespace. */
  readonly exe?: string;
  /** Signal that killed the process; 0 if none did. */
  readonly signal?: number;
  /** Raw values of the record, for fields that are undefined here. */
  readonly written: { readonly arch?: string; readonly syscall: string; readonly code: string };
}

/** @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/seccomp.h */
const ACTIONS: ReadonlyMap<number, SeccompAction> = new Map([
  [0x80000000, SeccompAction.KILL_PROCESS],
  [0x00000000, SeccompAction.KILL_THREAD],
  [0x00030000, SeccompAction.TRAP],
  [0x00050000, SeccompAction.ERRNO],
  [0x7fc00000, SeccompAction.NOTIFY],
  [0x7ff00000, SeccompAction.TRACE],
  [0x7ffc0000, SeccompAction.LOG],
]);

/** Words of `ausearch -i`, whose older releases have one word for both kinds of kill. */
const ACTION_WORDS: ReadonlyMap<string, SeccompAction> = new Map([
  ['kill-process', SeccompAction.KILL_PROCESS],
  ['kill-thread', SeccompAction.KILL_THREAD],
  ['kill', SeccompAction.KILL],
  ['trap', SeccompAction.TRAP],
  ['errno', SeccompAction.ERRNO],
  ['user-notify', SeccompAction.NOTIFY],
  ['trace', SeccompAction.TRACE],
  ['log', SeccompAction.LOG],
]);

const BY_TOKEN: ReadonlyMap<number, string> = new Map(ABIS.filter(({ name }) => name !== 'SCMP_ARCH_X32').map(({ auditToken, name }) => [auditToken, name]));
/** Words of `ausearch -i`, which calls all 32-bit ARM big endian. */
const BY_WORD: ReadonlyMap<string, string> = new Map([
  ['i386', 'SCMP_ARCH_X86'], ['armeb', 'SCMP_ARCH_ARM'], ...ABIS.map(({ tool, name }) => [tool, name] as const),
]);
const X32_BIT = 0x40000000;
const SIGSYS = 31;

/** Interprets the fields of a record. */
export function auditedCall({ arch, syscall, compat, code, sig, comm, exe }: AuditFields): AuditedCall {
  // A tool replaces all numbers by words, or none.
  const isRaw = arch === undefined || /^[0-9a-f]{1,8}$/.test(arch);
  const abi = abiOf(arch, syscall);
  const number = /^-?\d{1,20}/.test(syscall) ? Number.parseInt(syscall, 10) : numberOf(abi ?? '', syscall);
  const hex = /^0x[0-9a-f]{1,8}/.exec(code)?.[0];
  return {
    architecture: abi === undefined ? undefined : SeccompArchitecture.of(abi),
    isCompat: compat === undefined ? undefined : compat !== '0',
    number,
    name: abi && number !== undefined ? nameOf(abi, number) : undefined,
    action: hex ? ACTIONS.get(Number(hex)) : ACTION_WORDS.get(/^[a-z-]+/.exec(code)![0]),
    comm: valueOf(comm, isRaw),
    exe: valueOf(exe, isRaw),
    signal: signalOf(sig),
    written: { arch, syscall, code: hex ?? code },
  };
}

/** Returns seconds since 1970; undefined if the record has no time, or one that a tool has formatted. */
export function auditTime(stamp: string | undefined): number | undefined {
  const seconds = Number.parseFloat(stamp ?? '');
  // A date also begins with a number, but with a small one.
  return seconds >= 10_000 && seconds < 1e11 ? seconds : undefined;
}

function abiOf(arch: string | undefined, syscall: string): string | undefined {
  const abi = arch === undefined ? undefined : BY_WORD.get(arch) ?? BY_TOKEN.get(Number.parseInt(arch, 16));
  const isX32 = abi === 'SCMP_ARCH_X86_64' && Number(syscall) >= X32_BIT && Number(syscall) < 2 * X32_BIT;
  return isX32 ? 'SCMP_ARCH_X32' : abi;
}

function valueOf(value: string | undefined, isRaw: boolean): string | undefined {
  if (!value || value === '(null)' || value === '?') return undefined;
  if (value.startsWith('"')) return value.slice(1, -1);
  // A collector has converted it to JSON.
  if (value.startsWith('\\"')) return value.slice(2, -2).replaceAll('\\\\', '\\');
  return isRaw && /^(?:[0-9A-F]{2})+$/.test(value) ? Buffer.from(value, 'hex').toString() : value;
}

function signalOf(sig: string | undefined): number | undefined {
  if (sig === undefined) return undefined;
  if (sig === 'SIGSYS') return SIGSYS;
  const number = Number.parseInt(sig.replace(/^SIG/, ''), 10);
  return Number.isNaN(number) ? undefined : number;
}
