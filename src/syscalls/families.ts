/** System calls with the same power: a profile that denies only some of them gains little. */
export interface SyscallFamily {
  readonly id: string;
  /** The power, as a verb: `Set the clock`. */
  readonly title: string;
  readonly members: readonly string[];
}

/**
 * Families of calls that have their power with all arguments. `sinceKernel` and `sinceLibseccomp` say when each name was added.
 *
 * @see https://man7.org/linux/man-pages/man2/syscalls.2.html
 */
export const FAMILIES: readonly SyscallFamily[] = [
  { id: 'namespaces', title: 'Create or enter namespaces', members: ['unshare', 'setns'] },
  {
    id: 'mount',
    title: 'Change what is mounted',
    members: [
      'mount', 'umount', 'umount2', 'pivot_root',
      'fsopen', 'fsconfig', 'fsmount', 'fspick', 'move_mount', 'open_tree', 'open_tree_attr', 'mount_setattr',
    ],
  },
  { id: 'mount-query', title: 'Read what is mounted', members: ['statmount', 'listmount'] },
  { id: 'clock', title: 'Set the clock', members: ['clock_settime', 'clock_settime64', 'settimeofday', 'stime', 'adjtimex', 'clock_adjtime', 'clock_adjtime64'] },
  { id: 'process-inspection', title: 'Read or change another process', members: ['ptrace', 'process_vm_readv', 'process_vm_writev', 'pidfd_getfd', 'process_madvise', 'kcmp'] },
  { id: 'kernel-modules', title: 'Load and unload kernel modules', members: ['init_module', 'finit_module', 'delete_module', 'create_module', 'query_module', 'get_kernel_syms'] },
  { id: 'kexec', title: 'Load another kernel', members: ['kexec_load', 'kexec_file_load'] },
  { id: 'quota', title: 'Change disk quotas', members: ['quotactl', 'quotactl_fd'] },
  { id: 'memory-policy', title: 'Choose NUMA nodes for memory', members: ['set_mempolicy', 'mbind', 'set_mempolicy_home_node'] },
  { id: 'page-migration', title: 'Move pages between NUMA nodes', members: ['migrate_pages', 'move_pages'] },
  { id: 'keyrings', title: 'Use kernel keyrings', members: ['keyctl', 'add_key', 'request_key'] },
  { id: 'swap', title: 'Change swap areas', members: ['swapon', 'swapoff'] },
  { id: 'io-ports', title: 'Access I/O ports', members: ['ioperm', 'iopl'] },
  { id: 'host-name', title: 'Change the names of the host', members: ['sethostname', 'setdomainname'] },
  { id: 'fanotify', title: 'Watch and hold file access', members: ['fanotify_init', 'fanotify_mark'] },
  { id: 'virtual-8086', title: 'Enter virtual 8086 mode', members: ['vm86', 'vm86old'] },
  { id: 'scheduling', title: 'Change scheduling policy and priority', members: ['sched_setscheduler', 'sched_setparam', 'sched_setattr', 'setpriority', 'nice'] },
  { id: 'limits', title: 'Change resource limits', members: ['setrlimit', 'prlimit64'] },
  { id: 'signals', title: 'Signal other processes', members: ['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'pidfd_send_signal'] },
  { id: 'process-creation', title: 'Create processes and threads', members: ['fork', 'vfork', 'clone', 'clone3'] },
];
