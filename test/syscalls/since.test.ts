import { knownTo, sinceKernel, sinceLibseccomp } from '../../src/syscalls/since';

test.each([
  // [name, libseccomp, Linux]
  ['read', undefined, undefined],
  ['statx', '2.3.3', '4.11'],
  ['clone3', '2.4.2', '5.3'],
  ['io_uring_setup', '2.4.2', '5.1'],
  ['fsopen', '2.4.2', '5.2'],
  ['clock_settime64', '2.4.2', '5.1'],
  ['openat2', '2.5.0', '5.6'],
  ['pidfd_getfd', '2.5.0', '5.6'],
  ['faccessat2', '2.5.0', '5.8'],
  ['mount_setattr', '2.5.2', '5.12'],
  ['process_madvise', '2.5.2', '5.10'],
  ['quotactl_fd', '2.5.2', '5.14'],
  ['set_mempolicy_home_node', '2.5.4', '5.17'],
  ['fchmodat2', '2.5.5', '6.6'],
  ['statmount', '2.5.6', '6.8'],
  ['open_tree_attr', '2.6.1', '6.15'],
  ['kcmp', undefined, '3.5'],
  ['process_vm_readv', undefined, '3.2'],
  ['kexec_file_load', undefined, '3.17'],
  ['userfaultfd', undefined, '4.3'],
  ['clone4', undefined, undefined],
])('dates %s to libseccomp %s and Linux %s', (name, libseccomp, linux) => {
  expect(sinceLibseccomp(name)).toBe(libseccomp);
  expect(sinceKernel(name)).toBe(linux);
});

test.each([
  // [libseccomp, name, abi, known]
  ['2.6.1', 'clone3', 'AARCH64', true],
  ['2.4.1', 'clone3', 'X86_64', false],
  ['2.4.2', 'clone3', 'X86_64', true],
  // The name is there, its number is not: the rule is passed over.
  ['2.4.3', 'clone3', 'AARCH64', false],
  ['2.5.0', 'clone3', 'AARCH64', true],
  ['2.5.3', 'memfd_secret', 'RISCV64', false],
  ['2.5.3', 'memfd_secret', 'X86_64', true],
  // The ABI is not there.
  ['2.5.5', 'read', 'LOONGARCH64', false],
  ['2.6.0', 'read', 'LOONGARCH64', true],
  // The ABI has no such call, or there is none.
  ['2.6.1', 'stime', 'X86_64', false],
  ['2.6.1', 'clone4', 'X86_64', false],
  ['2.6.1', 'constructor', 'X86_64', false],
  // A distribution's version number.
  ['2.5.4+deb12u1', 'mount_setattr', 'X86_64', true],
])('tells for libseccomp %s, %s and %s: %s', (libseccomp, name, abi, known) => {
  expect(knownTo(libseccomp, name, `SCMP_ARCH_${abi}`)).toBe(known);
});
