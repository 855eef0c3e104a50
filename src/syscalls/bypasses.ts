import { MULTIPLEXED } from './multiplexed';

/**
 * System calls that do the work of others past the rules for those others.
 */
export interface Bypass {
  readonly id: string;
  readonly title: string;
  readonly via: readonly string[];
  /** What can be done so, with the Linux release of that operation; undefined where all system calls can. */
  readonly reaches?: Readonly<Record<string, string>>;
  /** First Linux release without the bypass. */
  readonly until?: string;
  readonly why: string;
  readonly source: string;
}

const since = (linux: string, ...names: string[]) => Object.fromEntries(names.map(name => [name, linux]));
const multiplexedBy = (call: string) => [...MULTIPLEXED].filter(([, multiplexed]) => multiplexed.call === call).map(([name]) => name);

export const BYPASSES: readonly Bypass[] = [
  {
    id: 'io-uring',
    title: 'io_uring does file and socket calls',
    via: ['io_uring_setup', 'io_uring_enter', 'io_uring_register'],
    reaches: {
      ...since('5.1', 'readv', 'writev', 'preadv', 'pwritev', 'fsync', 'poll'),
      ...since('5.2', 'sync_file_range'),
      ...since('5.3', 'sendmsg', 'recvmsg'),
      ...since('5.5', 'accept', 'accept4', 'connect'),
      ...since('5.6', 'open', 'openat', 'openat2', 'close', 'read', 'write', 'pread64', 'pwrite64', 'statx', 'fallocate', 'fadvise64',
        'madvise', 'send', 'recv', 'sendto', 'epoll_ctl'),
      ...since('5.7', 'splice'),
      ...since('5.8', 'tee'),
      ...since('5.11', 'shutdown', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'rmdir'),
      ...since('5.15', 'mkdir', 'mkdirat', 'symlink', 'symlinkat', 'link', 'linkat'),
      ...since('5.19', 'socket', 'setxattr', 'fsetxattr', 'getxattr', 'fgetxattr'),
      ...since('6.7', 'waitid', 'futex_wait', 'futex_wake', 'futex_waitv'),
      ...since('6.9', 'ftruncate'),
      ...since('6.11', 'bind', 'listen'),
      ...since('6.15', 'epoll_wait'),
      ...since('6.16', 'pipe2'),
    },
    why: 'The kernel takes these operations from shared memory and runs no filter on them, only on the io_uring calls.',
    source: 'https://man7.org/linux/man-pages/man2/io_uring_enter.2.html',
  },
  {
    id: 'aio',
    title: 'io_submit reads and writes',
    via: ['io_submit'],
    reaches: {
      ...since('2.6', 'pread64', 'pwrite64', 'preadv', 'pwritev'),
      ...since('4.18', 'fsync', 'fdatasync'),
      ...since('4.19', 'poll'),
    },
    why: 'The operations are in memory, where no filter sees them.',
    source: 'https://man7.org/linux/man-pages/man2/io_submit.2.html',
  },
  {
    id: 'socketcall',
    title: 'socketcall does the socket calls',
    via: ['socketcall'],
    reaches: since('1.0', ...multiplexedBy('socketcall')),
    why: 'The arguments are in memory, where no filter sees them, so conditions on them do not hold here; where libseccomp adds a rule '
      + 'for it, only its first argument says which call is meant.',
    source: 'https://man7.org/linux/man-pages/man2/socketcall.2.html',
  },
  {
    id: 'ipc',
    title: 'ipc does the System V calls',
    via: ['ipc'],
    reaches: since('1.0', ...multiplexedBy('ipc')),
    why: 'One number stands for all of them, and libseccomp and the kernel do not read the argument that tells them apart alike: to '
      + 'deny one of them dependably, deny ipc.',
    source: 'https://man7.org/linux/man-pages/man2/ipc.2.html',
  },
  {
    id: 'ptrace',
    title: 'A tracer changes system calls after the filter',
    via: ['ptrace'],
    until: '4.8',
    why: 'Before Linux 4.8 a tracer was told of a call after the filter had passed it, and could put another number in its place.',
    source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  },
];
