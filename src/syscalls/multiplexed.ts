import { isAtLeast } from '../private/version';

/**
 * How a multiplexed call is reached besides its own number: through `socketcall` or `ipc` with this number as argument 0.
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
 * Where the ABI multiplexes, libseccomp turns a rule for one of these names into two: the direct call (if the ABI has one)
 * with the rule's conditions, and the multiplexer with argument 0 equal to this number. The second one loses the rule's own
 * condition on argument 0, and compares the others with the multiplexer's registers, which hold other things: a conditional
 * rule for such a name does not mean the same through both.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/net.h
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/ipc.h
 */
export const MULTIPLEXED: ReadonlyMap<string, Multiplexed> = new Map<string, Multiplexed>([
  ...SOCKET.map((name, at): [string, Multiplexed] => [name, { call: 'socketcall', number: at + 1 }]),
  ...Object.entries(IPC).map(([name, number]): [string, Multiplexed] => [name, { call: 'ipc', number }]),
]);

/**
 * The ABIs where libseccomp does so, with the first release; before it, a rule covers the direct call only.
 *
 * 2.5.2 had it for PPC and MIPS with faults, and Debian left it out.
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
 * Whether a rule for a name also covers a multiplexer on an ABI, with a libseccomp release.
 */
export function isMultiplexed(libseccomp: string, name: string, abi: string): boolean {
  const since = MULTIPLEXED_SINCE_LIBSECCOMP[abi];
  return MULTIPLEXED.has(name) && since !== undefined && isAtLeast(libseccomp, since);
}
