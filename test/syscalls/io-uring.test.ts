import { isAtLeast } from '../../src/private/version';
import { IO_URING_OPERATIONS } from '../../src/syscalls/io-uring';
import { isKnown } from '../../src/syscalls/numbers';
import { sinceKernel } from '../../src/syscalls/since';

test('names only known system calls', () => {
  expect(Object.keys(IO_URING_OPERATIONS).filter(name => !isKnown(name))).toStrictEqual([]);
});

test('dates no operation before io_uring, or before the call it stands for', () => {
  const early = Object.entries(IO_URING_OPERATIONS).filter(([name, linux]) =>
    !['io_uring_enter', name].every(call => isAtLeast(linux, sinceKernel(call) ?? '1')));
  expect(early).toStrictEqual([]);
});
