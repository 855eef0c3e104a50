const since = (linux: string, ...names: string[]) => Object.fromEntries(names.map(name => [name, linux]));

/**
 * Calls whose work io_uring does without a filter, with the Linux release that brought the operation. The kernel takes operations from
 * shared memory and filters only the io_uring calls themselves.
 *
 * @see https://man7.org/linux/man-pages/man2/io_uring_enter.2.html
 */
export const IO_URING_OPERATIONS: Readonly<Record<string, string>> = {
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
};
