import { ABIS } from '../../src/syscalls/abis';
import { isMultiplexed, MULTIPLEXED, MULTIPLEXED_SINCE_LIBSECCOMP } from '../../src/syscalls/multiplexed';
import { allNames, numberOf } from '../../src/syscalls/numbers';

test.each([
  ['socket', { call: 'socketcall', number: 1 }],
  ['accept4', { call: 'socketcall', number: 18 }],
  ['sendmmsg', { call: 'socketcall', number: 20 }],
  ['semop', { call: 'ipc', number: 1 }],
  ['msgctl', { call: 'ipc', number: 14 }],
  ['shmget', { call: 'ipc', number: 23 }],
] as const)('reaches %s through its multiplexer', (name, multiplexed) => {
  expect(MULTIPLEXED.get(name)).toStrictEqual(multiplexed);
});

test('has every ABI whose kernel multiplexes', () => {
  const abis = ABIS.map(({ name }) => name).filter(abi => ['socketcall', 'ipc'].every(call => numberOf(abi, call) !== undefined));
  expect(abis.sort()).toStrictEqual(Object.keys(MULTIPLEXED_SINCE_LIBSECCOMP).sort());
});

test('has a direct number for the others', () => {
  const unreachable = ABIS.filter(({ name: abi }) => !isMultiplexed('2.6.1', 'socket', abi)).flatMap(({ name: abi }) =>
    [...MULTIPLEXED.keys()].filter(name => numberOf(abi, name) === undefined).map(name => `${abi} ${name}`));
  // The generic table has no send and recv, x86_64 neither: sendto and recvfrom do their work.
  expect(unreachable.filter(each => !/ (send|recv)$/.test(each))).toStrictEqual([]);
});

test('is a matter of the libseccomp release', () => {
  expect(isMultiplexed('2.4.3', 'socket', 'SCMP_ARCH_X86')).toBe(true);
  expect(isMultiplexed('2.4.3', 'socket', 'SCMP_ARCH_PPC64LE')).toBe(false);
  expect(isMultiplexed('2.5.1', 'socket', 'SCMP_ARCH_PPC64LE')).toBe(true);
  expect(isMultiplexed('2.6.1', 'socket', 'SCMP_ARCH_X86_64')).toBe(false);
  expect(isMultiplexed('2.6.1', 'read', 'SCMP_ARCH_X86')).toBe(false);
  expect(allNames().filter(name => isMultiplexed('2.6.1', name, 'SCMP_ARCH_X86'))).toHaveLength(32);
});
