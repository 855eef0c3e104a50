/**
 * System calls with the same power: a profile that denies some of them gains little while others are left.
 */
export interface SyscallFamily {
  readonly id: string;
  readonly title: string;
  readonly members: readonly string[];
  /** Calls that have the power with some arguments only, and with which: they cannot be denied outright, or not without loss. */
  readonly conditional?: Readonly<Record<string, string>>;
  readonly why: string;
  readonly source: string;
}

const man = (page: string, section = 2) => `https://man7.org/linux/man-pages/man${section}/${page}.${section}.html`;

/**
 * Since when the kernel and libseccomp have each name is in `sinceKernel` and `sinceLibseccomp`.
 */
export const FAMILIES: readonly SyscallFamily[] = [
  {
    id: 'namespaces',
    title: 'Create or enter namespaces',
    members: ['unshare', 'setns'],
    conditional: {
      clone: 'with a CLONE_NEW* flag in argument 0 (argument 1 on s390)',
      clone3: 'with a CLONE_NEW* flag, which is in memory where no filter sees it: only ENOSYS makes programs fall back to clone',
      open_tree: 'with OPEN_TREE_NAMESPACE, since Linux 7.0',
      fsmount: 'with FSMOUNT_NAMESPACE, by Linux 7.2',
    },
    why: 'A user namespace of its own gives a process every capability inside it, whichever call made it.',
    source: man('clone'),
  },
  {
    id: 'mount',
    title: 'Change what is mounted',
    members: [
      'mount', 'umount', 'umount2', 'pivot_root',
      'fsopen', 'fsconfig', 'fsmount', 'fspick', 'move_mount', 'open_tree', 'open_tree_attr', 'mount_setattr',
    ],
    why: 'The mount calls since Linux 5.2 do in steps what mount does at once, and mount does not stand behind them.',
    source: man('fsopen'),
  },
  {
    id: 'mount-query',
    title: 'Read what is mounted',
    members: ['statmount', 'listmount'],
    why: 'One lists the mounts that the other describes.',
    source: man('statmount'),
  },
  {
    id: 'clock',
    title: 'Set the clock',
    members: ['clock_settime', 'clock_settime64', 'settimeofday', 'stime', 'adjtimex', 'clock_adjtime', 'clock_adjtime64'],
    why: 'All set the time of day, adjtimex and clock_adjtime with ADJ_SETOFFSET; the *64 calls are those of 32-bit ABIs since Linux 5.1.',
    source: man('adjtimex'),
  },
  {
    id: 'process-inspection',
    title: 'Read or change another process',
    members: ['ptrace', 'process_vm_readv', 'process_vm_writev', 'pidfd_getfd', 'process_madvise', 'kcmp'],
    why: 'Each acts on another process after a ptrace access check, without ptrace itself.',
    source: man('ptrace'),
  },
  {
    id: 'kernel-modules',
    title: 'Load and unload kernel modules',
    members: ['init_module', 'finit_module', 'delete_module', 'create_module', 'query_module', 'get_kernel_syms'],
    why: 'finit_module loads from a descriptor what init_module loads from memory; the last three ended with Linux 2.6.',
    source: man('init_module'),
  },
  {
    id: 'kexec',
    title: 'Load another kernel',
    members: ['kexec_load', 'kexec_file_load'],
    why: 'kexec_file_load takes from descriptors what kexec_load takes from memory.',
    source: man('kexec_load'),
  },
  {
    id: 'quota',
    title: 'Change disk quotas',
    members: ['quotactl', 'quotactl_fd'],
    why: 'quotactl_fd does the same by a descriptor instead of a device path.',
    source: man('quotactl'),
  },
  {
    id: 'memory-policy',
    title: 'Choose NUMA nodes for memory',
    members: ['set_mempolicy', 'mbind', 'set_mempolicy_home_node'],
    why: 'One sets the policy of a thread, the others that of an address range.',
    source: man('set_mempolicy'),
  },
  {
    id: 'page-migration',
    title: 'Move pages between NUMA nodes',
    members: ['migrate_pages', 'move_pages'],
    conditional: { mbind: 'with MPOL_MF_MOVE or MPOL_MF_MOVE_ALL' },
    why: 'Each moves pages that are already in use.',
    source: man('move_pages'),
  },
  {
    id: 'keyrings',
    title: 'Use kernel keyrings',
    members: ['keyctl', 'add_key', 'request_key'],
    why: 'Keyrings are not per container, and each of the three adds or finds keys.',
    source: man('keyrings', 7),
  },
  {
    id: 'swap',
    title: 'Change swap areas',
    members: ['swapon', 'swapoff'],
    why: 'Both change the swap of the whole node.',
    source: man('swapon'),
  },
  {
    id: 'io-ports',
    title: 'Access I/O ports',
    members: ['ioperm', 'iopl'],
    why: 'iopl opens all ports, ioperm the named ones.',
    source: man('iopl'),
  },
  {
    id: 'host-name',
    title: 'Change the names of the host',
    members: ['sethostname', 'setdomainname'],
    why: 'Both change the UTS namespace, under the same capability.',
    source: man('sethostname'),
  },
  {
    id: 'fanotify',
    title: 'Watch and hold file access',
    members: ['fanotify_init', 'fanotify_mark'],
    why: 'A group that fanotify_init made is used by fanotify_mark; denying the second alone leaves inherited groups.',
    source: man('fanotify', 7),
  },
  {
    id: 'virtual-8086',
    title: 'Enter virtual 8086 mode',
    members: ['vm86', 'vm86old'],
    why: 'Two numbers of 32-bit x86 for one thing.',
    source: man('vm86'),
  },
  {
    id: 'scheduling',
    title: 'Change scheduling policy and priority',
    members: ['sched_setscheduler', 'sched_setparam', 'sched_setattr', 'setpriority', 'nice'],
    why: 'sched_setattr sets all that the older ones set, and the deadline policy besides.',
    source: man('sched', 7),
  },
  {
    id: 'limits',
    title: 'Change resource limits',
    members: ['setrlimit', 'prlimit64'],
    why: 'prlimit64 does it for the caller and for other processes.',
    source: man('prlimit'),
  },
  {
    id: 'signals',
    title: 'Signal other processes',
    members: ['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'pidfd_send_signal'],
    why: 'Each sends a signal after the same permission check.',
    source: man('kill'),
  },
  {
    id: 'process-creation',
    title: 'Create processes and threads',
    members: ['fork', 'vfork', 'clone', 'clone3'],
    why: 'The kernel has one function behind all four.',
    source: man('clone'),
  },
];
