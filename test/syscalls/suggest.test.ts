import { allNames } from '../../src/syscalls/numbers';
import { suggest } from '../../src/syscalls/suggest';

test.each([
  ['clone_3', 'clone3'],
  ['unshar', 'unshare'],
  ['mout', 'mount'],
  ['open_at2', 'openat2'],
  ['proces_vm_readv', 'process_vm_readv'],
  ['setnns', 'setns'],
  ['CLONE3', 'clone3'],
  ['__NR_clone3', 'clone3'],
  ['sys_bpf', 'bpf'],
  ['pread', 'pread64'],
  ['fstatat', 'newfstatat'],
  ['sysctl', '_sysctl'],
])('suggests for %s: %s', (name, suggestion) => {
  expect(suggest(name)).toBe(suggestion);
});

test.each(['', 'x', 'pthread_create', 'allow_everything', 'constructor', '__proto__'])('suggests nothing for "%s"', name => {
  expect(suggest(name)).toBeUndefined();
});

test('suggests a known name for itself', () => {
  expect(allNames().filter(name => suggest(name) !== name)).toStrictEqual([]);
});
