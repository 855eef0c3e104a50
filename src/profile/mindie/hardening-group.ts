/**
 * What `MindieProfile.hardened` denies beyond the reference, in groups that can be allowed again by name.
 *
 * A group is denied for what its calls can do, whoever makes them. Many also ask for a capability, which is not counted on: engine pods
 * keep the runtime's default capabilities, and a process has all of them inside a user namespace of its own.
 */
export enum HardeningGroup {
  /**
   * `unshare` and `setns` are denied by the reference, but clone makes the same namespaces, and clone3 does with flags in memory, where no
   * filter sees them. clone3 answers ENOSYS, so that C libraries fall back to clone.
   *
   * Breaks: sandboxes (bubblewrap, Chromium's, nested rootless containers).
   */
  NAMESPACES = 'namespaces',

  /**
   * `mount` is denied by the reference, but these do the same in steps. EPERM as for mount: on ENOSYS util-linux would only go on to mount,
   * and report a kernel that is too old.
   *
   * Breaks: what mounts; inside a pod nothing is meant to.
   */
  NEW_MOUNT_API = 'new-mount-api',

  /**
   * The setters of the clock are denied by the reference, except those that 32-bit programs use for the time after 2038.
   *
   * Breaks: 32-bit time services.
   */
  CLOCK_TIME64 = 'clock-time64',

  /**
   * `ptrace` is denied by the reference, but these take descriptors from another process, or move its memory out, after the same kind of
   * check.
   *
   * Breaks: handing descriptors over by pidfd (CUDA memory shared by PyTorch's expandable segments), CRIU, memory managers for other
   * processes.
   */
  PROCESS_ACCESS = 'process-access',

  /**
   * `ptrace` is denied by the reference, but kcmp tells, after the same kind of check, which kernel objects two processes share.
   *
   * Breaks: CRIU; Open MPI, which tests with it whether it may copy between processes, copies through shared memory instead.
   */
  PROCESS_COMPARISON = 'process-comparison',

  /**
   * Operations on files and sockets are taken from shared memory, past every rule of the profile. EPERM is what the kernel answers where
   * kernel.io_uring_disabled is set.
   *
   * Breaks: Mooncake's SSD offload; most programs fall back to other calls.
   */
  IO_URING = 'io-uring',

  /**
   * Holds the kernel at a page fault for as long as one likes, which turns races in it into dependable exploits.
   *
   * Breaks: post-copy migration (QEMU, CRIU).
   */
  USERFAULTFD = 'userfaultfd',

  /**
   * Keyrings belong to users of the node, not to containers.
   *
   * Breaks: Kerberos caches of the type KEYRING, fscrypt, eCryptfs.
   */
  KEYRING = 'keyring',

  /**
   * Watches the accesses to files, and holds them, on whole mounts and file systems that pods share.
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
   * Swap belongs to the whole node.
   *
   * Breaks: swapon and swapoff.
   */
  SWAP = 'swap',

  /**
   * Process accounting writes a file about everything that ends.
   *
   * Breaks: accton.
   */
  ACCOUNTING = 'accounting',

  /**
   * I/O ports, PCI configuration space and firmware services, past every driver. NPUs are used through device files, which this does not
   * touch.
   *
   * Breaks: DPDK with legacy virtio devices, programs that flash firmware.
   */
  HARDWARE = 'hardware',

  /**
   * Hangs up the terminal of whoever uses it.
   *
   * Breaks: getty and login.
   */
  TERMINAL_HANGUP = 'terminal-hangup',

  /**
   * Calls that kernels have dropped, can be built without, or lack on newer architectures: code that little looks after and nothing current
   * calls. ENOSYS is what programs know from such kernels.
   *
   * Breaks: programs written before those kernels, OProfile's old daemon, DOS emulation on 32-bit x86.
   */
  OBSOLETE = 'obsolete',
}
