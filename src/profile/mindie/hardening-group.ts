/**
 * Groups of calls that `MindieProfile.hardened` denies in addition to the reference. Each can be allowed again by name.
 *
 * A group is denied even if its calls need a capability: engine pods keep the runtime's default capabilities, and a process has all of them
 * inside its own user namespace.
 */
export enum HardeningGroup {
  /**
   * Creates namespaces. The reference denies `unshare` and `setns`, but clone can do the same, and so can clone3, with flags in memory, where no
   * filter sees them. clone3 gets ENOSYS, so that C libraries fall back to clone.
   *
   * Breaks: sandboxes (bubblewrap, Chromium's, nested rootless containers).
   */
  NAMESPACES = 'namespaces',

  /**
   * Mounts file systems. The reference denies `mount`, but these calls do the same in steps. They get EPERM like mount: on ENOSYS util-linux
   * would try mount next, and report that the kernel is too old.
   *
   * Breaks: programs that mount file systems; in a pod none should.
   */
  NEW_MOUNT_API = 'new-mount-api',

  /**
   * Sets the clock. The reference denies such calls, except those that 32-bit programs use for dates after 2038.
   *
   * Breaks: 32-bit time services.
   */
  CLOCK_TIME64 = 'clock-time64',

  /**
   * Accesses other processes. The reference denies `ptrace`, but these calls take descriptors from another process, or evict its memory, after the
   * same kind of check.
   *
   * Breaks: passing descriptors by pidfd (CUDA memory shared by PyTorch's expandable segments), CRIU, memory managers for other
   * processes.
   */
  PROCESS_ACCESS = 'process-access',

  /**
   * Compares processes. The reference denies `ptrace`, but kcmp tells which kernel objects two processes share, after the same kind of check.
   *
   * Breaks: CRIU. Open MPI uses it to test whether it may copy between processes, and without it copies through shared memory.
   */
  PROCESS_COMPARISON = 'process-comparison',

  /**
   * Reads operations on files and sockets from shared memory, which bypasses every rule of the profile. The kernel answers EPERM too if
   * kernel.io_uring_disabled is set.
   *
   * Breaks: Mooncake's SSD offload; most programs fall back to other calls.
   */
  IO_URING = 'io-uring',

  /**
   * Stops the kernel at a page fault for any time, which makes exploits of its races reliable.
   *
   * Breaks: post-copy migration (QEMU, CRIU).
   */
  USERFAULTFD = 'userfaultfd',

  /**
   * Uses keyrings, which belong to users of the node, not to containers.
   *
   * Breaks: Kerberos caches of the type KEYRING, fscrypt, eCryptfs.
   */
  KEYRING = 'keyring',

  /**
   * Watches and delays accesses to files, on whole mounts and file systems that pods share.
   *
   * Breaks: virus scanners and file watchers that use fanotify; inotify works.
   */
  FANOTIFY = 'fanotify',

  /**
   * Reads and changes the disk quotas of file systems that pods share.
   *
   * Breaks: quota, repquota and xfs_quota.
   */
  QUOTA = 'quota',

  /**
   * Changes swap, which belongs to the whole node.
   *
   * Breaks: swapon and swapoff.
   */
  SWAP = 'swap',

  /**
   * Turns on process accounting, which writes a record of every process that ends.
   *
   * Breaks: accton.
   */
  ACCOUNTING = 'accounting',

  /**
   * Accesses I/O ports, PCI configuration space and firmware services without a driver. NPUs are used through device files, which this group does
   * not affect.
   *
   * Breaks: DPDK with legacy virtio devices, programs that flash firmware.
   */
  HARDWARE = 'hardware',

  /**
   * Hangs up the terminal of the process.
   *
   * Breaks: getty and login.
   */
  TERMINAL_HANGUP = 'terminal-hangup',

  /**
   * Calls that kernels have dropped, can be built without, or lack on newer architectures: their code is little maintained, and no current program
   * needs it. They get ENOSYS, as on such kernels.
   *
   * Breaks: programs written before those kernels, OProfile's old daemon, DOS emulation on 32-bit x86.
   */
  OBSOLETE = 'obsolete',
}
