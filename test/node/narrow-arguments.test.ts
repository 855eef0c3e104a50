import { execFileSync } from 'child_process';
import { constants } from 'os';
import { join } from 'path';
import { isNarrow } from '../../src/syscalls/narrow-arguments';
import { numberOf } from '../../src/syscalls/numbers';

const PROBE = join(__dirname, 'probes', 'arguments.py');

/** The first bit of the upper half, and all of them. */
const UPPER = [2n ** 32n, 2n ** 64n - 2n ** 32n];

interface Call {
  readonly name: string;
  /** Numbers, and names of what probes/arguments.py makes. */
  readonly args: readonly (number | 'ZEROS' | 'DOT' | 'IOVEC' | 'PARENT' | 'FILE' | 'PIPE')[];
  /** Where the upper half has to change nothing, and the bit `flip` of the lower half something: the argument is read. */
  readonly narrow: readonly number[];
  /** Where the upper half has to change something. */
  readonly wide?: readonly number[];
  readonly flip?: bigint;
  readonly errno?: 'EFAULT' | 'ENODEV';
}

const AF_UNIX = 1, SOCK_STREAM = 1, AT_FDCWD = -100, SEEK_SET = 0, CLOCK_MONOTONIC = 1, FIONREAD = 0x541b, F_GETFD = 1;
const PR_SET_KEEPCAPS = 8, PTRACE_SEIZE = 0x4206, FUTEX_WAKE = 1, KCMP_FILE = 0, SECCOMP_GET_ACTION_AVAIL = 2, ARCH_GET_FS = 0x1003;
const CLONE_SIGHAND = 2n ** 11n, CLONE_PIDFD = 0x1000, O_WRONLY = 1n, READ_PERSONALITY = 0xffffffff, PROT_READ = 1, MAP_PRIVATE = 2, PAGE = 4096;

const CALLS: readonly Call[] = [
  // As the header declares them.
  { name: 'socket', args: [AF_UNIX, SOCK_STREAM, 0], narrow: [0, 1, 2] },
  { name: 'ioctl', args: ['PIPE', FIONREAD, 'ZEROS'], narrow: [0, 1], wide: [2] },
  { name: 'fcntl', args: ['FILE', F_GETFD], narrow: [0, 1] },
  { name: 'lseek', args: ['FILE', 0, SEEK_SET], narrow: [0, 2], wide: [1] },
  { name: 'openat', args: [AT_FDCWD, 'DOT', 0], narrow: [0, 2], wide: [1], flip: O_WRONLY },
  { name: 'kill', args: ['PARENT', 0], narrow: [0, 1] },
  { name: 'prctl', args: [PR_SET_KEEPCAPS, 1], narrow: [0], wide: [1] },
  { name: 'personality', args: [READ_PERSONALITY], narrow: [0] },
  { name: 'clock_gettime', args: [CLOCK_MONOTONIC, 'ZEROS'], narrow: [0], wide: [1] },
  { name: 'futex', args: ['ZEROS', FUTEX_WAKE], narrow: [1], wide: [0] },
  { name: 'seccomp', args: [SECCOMP_GET_ACTION_AVAIL, 0, 'ZEROS'], narrow: [0, 1], wide: [2] },
  { name: 'epoll_create1', args: [0], narrow: [0] },
  { name: 'unshare', args: [0], narrow: [], wide: [0] },
  // MS_NOUSER is a negative int: as a mask of 64 bits it refuses the upper half.
  { name: 'mount', args: [0, 'DOT', 'DOT', 0, 0], narrow: [], wide: [1, 2, 3], errno: 'ENODEV' },

  // Written by hand.
  { name: 'arch_prctl', args: [ARCH_GET_FS, 'ZEROS'], narrow: [0], wide: [1] },
  { name: 'modify_ldt', args: [0, 'ZEROS', 0], narrow: [0] },
  // It has no place for the descriptor, and so makes no process.
  { name: 'clone', args: [CLONE_PIDFD, 0, 0], narrow: [0], flip: CLONE_SIGHAND, errno: 'EFAULT' },
  { name: 'mmap', args: [0, PAGE, PROT_READ, MAP_PRIVATE, 'FILE', 0], narrow: [4], wide: [1] },
  { name: 'kcmp', args: ['PARENT', 'PARENT', KCMP_FILE, 'FILE', 'FILE'], narrow: [0, 1, 2, 3] },
  { name: 'mbind', args: ['ZEROS', PAGE, 0, 0, 0, 0], narrow: [2, 5], wide: [0] },
  { name: 'ptrace', args: [PTRACE_SEIZE, 'PARENT', 0, 0], narrow: [1], wide: [0, 2, 3] },
  { name: 'readv', args: ['FILE', 'IOVEC', 0], narrow: [0, 2] },
  { name: 'writev', args: ['FILE', 'IOVEC', 0], narrow: [0, 2] },
  { name: 'preadv', args: ['FILE', 'IOVEC', 1, 0, 0], narrow: [0, 2], wide: [1, 3] },
  { name: 'pwritev', args: ['FILE', 'IOVEC', 1, 0, 0], narrow: [0, 2], wide: [1] },
  { name: 'preadv2', args: ['FILE', 'IOVEC', 1, 0, 0, 0], narrow: [0, 2, 5], wide: [1, 3] },
  { name: 'pwritev2', args: ['FILE', 'IOVEC', 1, 0, 0, 0], narrow: [0, 2, 5], wide: [1] },
  { name: 'vmsplice', args: ['PIPE', 'IOVEC', 0, 0], narrow: [0, 2, 3] },
  { name: 'process_vm_readv', args: ['PARENT', 'IOVEC', 1, 'IOVEC', 1, 0], narrow: [0, 2], wide: [1, 3, 4, 5] },
  { name: 'process_vm_writev', args: ['PARENT', 'IOVEC', 1, 'IOVEC', 1, 0], narrow: [0, 2], wide: [1, 3, 4, 5] },
];

test.each(CALLS)('knows of which arguments of $name the kernel does not see the upper half', call => {
  const { name, narrow, wide = [], flip = 2n ** 30n, errno } = call;
  const [plain, ...changed] = made(call, [
    [0, 0n],
    ...[...narrow, ...wide].flatMap(index => UPPER.map((bits): [number, bigint] => [index, bits])),
    ...narrow.map((index): [number, bigint] => [index, flip]),
  ]);
  const isIgnored = changed.map(returned => JSON.stringify(returned) === JSON.stringify(plain));

  expect(Math.min(plain[0], 0)).toBe(errno ? -constants.errno[errno] : 0);
  expect(isIgnored).toStrictEqual([...[...narrow, ...wide].flatMap(index => UPPER.map(() => isNarrow(name, index))), ...narrow.map(() => false)]);
  expect([...narrow, ...wide].filter(index => isNarrow(name, index))).toStrictEqual(narrow);
});

/** What a call, made twice, returns with some bits of one argument changed, for each such change. */
function made({ name, args }: Call, changes: readonly [index: number, bits: bigint][]): number[][] {
  const calls = changes.map(([index, bits]) => [
    numberOf('SCMP_ARCH_X86_64', name),
    ...args.map((arg, at) => {
      const change = at === index ? bits : 0n;
      return typeof arg === 'string' ? `${arg} ${change}` : `${BigInt.asIntN(64, BigInt(arg) ^ change)}`;
    }),
  ]);
  return JSON.parse(execFileSync('/usr/bin/python3', ['-I', PROBE, JSON.stringify(calls)], { encoding: 'utf8' }));
}
