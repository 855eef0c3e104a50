import { isAtLeast } from '../private/version';

/**
 * Second path to a call: through `socketcall` or `ipc`, with this number as argument 0.
 */
export interface Multiplexed {
  readonly call: 'ipc' | 'socketcall';
  readonly number: number;
}

const SOCKET = [
  'socket', 'bind', 'connect', 'listen', 'accept', 'getsockname', 'getpeername', 'socketpair', 'send', 'recv',
  'sendto', 'recvfrom', 'shutdown', 'setsockopt', 'getsockopt', 'sendmsg', 'recvmsg', 'accept4', 'recvmmsg', 'sendmmsg',
];

const IPC: Record<string, number> = {
  semop: 1, semget: 2, semctl: 3, semtimedop: 4, msgsnd: 11, msgrcv: 12, msgget: 13, msgctl: 14, shmat: 21, shmdt: 22, shmget: 23, shmctl: 24,
};

/**
 * Calls that some ABIs multiplex. There libseccomp turns a rule for such a name into two: one for the direct call (if the ABI has it) with the
 * rule's conditions, and one for the multiplexer with argument 0 equal to this number. The second rule loses the condition on argument 0, and
 * compares the others with the multiplexer's registers, which hold other values: conditions do not mean the same on both paths.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/net.h
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/ipc.h
 */
export const MULTIPLEXED: ReadonlyMap<string, Multiplexed> = new Map<string, Multiplexed>([
  ...SOCKET.map((name, at): [string, Multiplexed] => [name, { call: 'socketcall', number: at + 1 }]),
  ...Object.entries(IPC).map(([name, number]): [string, Multiplexed] => [name, { call: 'ipc', number }]),
]);

/**
 * ABIs on which libseccomp does so, with its first release; before it, a rule covers only the direct call.
 *
 * 2.5.2 had a faulty version for PPC and MIPS, which Debian left out.
 *
 * @see https://github.com/seccomp/libseccomp/blob/v2.6.1/CHANGELOG
 */
export const MULTIPLEXED_SINCE_LIBSECCOMP: Readonly<Record<string, string | undefined>> = {
  SCMP_ARCH_X86: '2.3.1',
  SCMP_ARCH_M68K: '2.6.0',
  SCMP_ARCH_MIPS: '2.5.3',
  SCMP_ARCH_MIPSEL: '2.5.3',
  SCMP_ARCH_PPC: '2.5.3',
  SCMP_ARCH_PPC64: '2.5.0',
  SCMP_ARCH_PPC64LE: '2.5.0',
  SCMP_ARCH_S390: '2.3.1',
  SCMP_ARCH_S390X: '2.3.1',
  SCMP_ARCH_SH: '2.6.0',
  SCMP_ARCH_SHEB: '2.6.0',
};

/**
 * True if a rule for a name also covers a multiplexer on an ABI, with a libseccomp release.
 */
export function isMultiplexed(libseccomp: string, name: string, abi: string): boolean {
  const since = MULTIPLEXED_SINCE_LIBSECCOMP[abi];
  return MULTIPLEXED.has(name) && since !== undefined && isAtLeast(libseccomp, since);
}
