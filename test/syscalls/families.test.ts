import { FAMILIES } from '../../src/syscalls/families';
import { isKnown } from '../../src/syscalls/numbers';

test('has an id of its own for each family', () => {
  expect(FAMILIES.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toStrictEqual([]);
  expect(new Set(FAMILIES.map(({ id }) => id)).size).toBe(FAMILIES.length);
});

test('names only known system calls, and each once', () => {
  expect(FAMILIES.flatMap(({ members }) => members).filter(name => !isKnown(name))).toStrictEqual([]);
  expect(FAMILIES.filter(({ members }) => new Set(members).size !== members.length)).toStrictEqual([]);
});

test('has something to compare in each family', () => {
  expect(FAMILIES.filter(({ members }) => members.length < 2)).toStrictEqual([]);
});

test.each([
  ['namespaces', ['unshare', 'setns']],
  ['mount', ['mount', 'umount', 'umount2', 'pivot_root', 'fsopen', 'fsconfig', 'fsmount', 'fspick', 'move_mount', 'open_tree',
    'mount_setattr', 'open_tree_attr']],
  ['clock', ['clock_settime', 'settimeofday', 'stime', 'clock_settime64', 'adjtimex', 'clock_adjtime', 'clock_adjtime64']],
  ['process-inspection', ['ptrace', 'process_vm_readv', 'process_vm_writev', 'pidfd_getfd', 'process_madvise', 'kcmp']],
  ['kernel-modules', ['init_module', 'finit_module', 'delete_module']],
  ['kexec', ['kexec_load', 'kexec_file_load']],
  ['quota', ['quotactl', 'quotactl_fd']],
  ['memory-policy', ['set_mempolicy', 'set_mempolicy_home_node']],
])('joins in %s what has the same power', (id, names) => {
  expect(FAMILIES.find(family => family.id === id)!.members).toEqual(expect.arrayContaining(names));
});
