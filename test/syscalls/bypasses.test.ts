import { isAtLeast } from '../../src/private/version';
import { BYPASSES } from '../../src/syscalls/bypasses';
import { isKnown, numberOf } from '../../src/syscalls/numbers';
import { sinceKernel } from '../../src/syscalls/since';

test('names only known system calls', () => {
  const names = BYPASSES.flatMap(({ via, reaches = {} }) => [...via, ...Object.keys(reaches)]);
  expect(names.filter(name => !isKnown(name))).toStrictEqual([]);
});

test('dates no operation before the call that carries it, or before the call it stands for', () => {
  const early = BYPASSES.flatMap(({ via, reaches = {} }) => Object.entries(reaches).filter(([name, linux]) =>
    !isAtLeast(linux, sinceKernel(via[0]) ?? '1') || (via[0] === 'io_uring_setup' && !isAtLeast(linux, sinceKernel(name) ?? '1'))));
  expect(early).toStrictEqual([]);
});

test('reaches the socket and the System V calls of 32-bit x86', () => {
  expect(['socketcall', 'ipc'].map(id => Object.keys(BYPASSES.find(each => each.id === id)!.reaches!).length)).toStrictEqual([20, 12]);
  expect(numberOf('SCMP_ARCH_X86', 'socketcall')).toBe(102);
  expect(numberOf('SCMP_ARCH_X86', 'ipc')).toBe(117);
});
