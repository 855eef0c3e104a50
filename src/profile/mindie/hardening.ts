import { SyscallArgument } from '../argument-test';
import { HardeningGroup } from './hardening-group';
import { InputError, list, show } from '../../private/errors';
import { SyscallRule } from '../syscall-rule';

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. CLONE_NEWTIME is not a flag of clone: its bit belongs to the exit signal. */
const CLONE_NEW = 0x7e020000;

const { deny, enosys } = SyscallRule;

/** Rules of each group; `HardeningGroup` explains them. They are functions because a rule looks its names up when it is made. */
export const HARDENING: Readonly<Record<HardeningGroup, () => SyscallRule[]>> = {
  [HardeningGroup.NAMESPACES]: () => [
    deny('clone').when(SyscallArgument.cloneFlags().hasAnyOf(CLONE_NEW)),
    enosys('clone3'),
  ],
  [HardeningGroup.NEW_MOUNT_API]: () => [
    deny('fsopen', 'fsconfig', 'fsmount', 'fspick', 'move_mount', 'open_tree', 'open_tree_attr', 'mount_setattr'),
  ],
  [HardeningGroup.CLOCK_TIME64]: () => [deny('clock_settime64', 'clock_adjtime64')],
  [HardeningGroup.PROCESS_ACCESS]: () => [deny('pidfd_getfd', 'process_madvise')],
  [HardeningGroup.PROCESS_COMPARISON]: () => [deny('kcmp')],
  [HardeningGroup.IO_URING]: () => [deny('io_uring_setup', 'io_uring_enter', 'io_uring_register')],
  [HardeningGroup.USERFAULTFD]: () => [deny('userfaultfd')],
  [HardeningGroup.KEYRING]: () => [deny('keyctl', 'add_key', 'request_key')],
  [HardeningGroup.FANOTIFY]: () => [deny('fanotify_init', 'fanotify_mark')],
  [HardeningGroup.QUOTA]: () => [deny('quotactl', 'quotactl_fd')],
  [HardeningGroup.SWAP]: () => [deny('swapon', 'swapoff')],
  [HardeningGroup.ACCOUNTING]: () => [deny('acct')],
  [HardeningGroup.HARDWARE]: () => [deny('iopl', 'ioperm', 'pciconfig_iobase', 'pciconfig_read', 'pciconfig_write', 'rtas')],
  [HardeningGroup.TERMINAL_HANGUP]: () => [deny('vhangup')],
  [HardeningGroup.OBSOLETE]: () => [
    enosys(
      '_sysctl', 'bdflush', 'create_module', 'get_kernel_syms', 'lookup_dcookie', 'nfsservctl', 'query_module', 'sysfs', 'uselib', 'ustat',
      'vm86', 'vm86old',
    ),
  ],
};

/** Returns the rules of every group except these. */
export function hardeningRules(allowed: readonly HardeningGroup[]): SyscallRule[] {
  const groups = Object.keys(HARDENING) as HardeningGroup[];
  const unknown = allowed.find(group => !groups.includes(group));
  if (unknown !== undefined) throw new InputError(`${show(unknown)} is not a hardening group, expected one of ${list(groups)}`);
  return groups.filter(group => !allowed.includes(group)).flatMap(group => HARDENING[group]());
}
