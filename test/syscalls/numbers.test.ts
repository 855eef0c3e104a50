import { ABIS } from '../../src/syscalls/abis';
import { allNames, isKnown, nameOf, numberOf } from '../../src/syscalls/numbers';

test.each([
  // [abi, name, number]
  ['X86_64', 'read', 0],
  ['X86', 'read', 3],
  ['X32', 'read', 0x40000000],
  ['AARCH64', 'read', 63],
  ['AARCH64', 'clone', 220],
  ['LOONGARCH64', 'clone', 220],
  ['RISCV64', 'clone', 220],
  ['X86_64', 'clone3', 435],
  ['X86', 'clone3', 435],
  ['X32', 'clone3', 0x40000000 + 435],
  ['ARM', 'clone3', 435],
  ['AARCH64', 'clone3', 435],
  ['LOONGARCH64', 'clone3', 435],
  ['MIPS', 'clone3', 4435],
  ['MIPSEL', 'clone3', 4435],
  ['MIPS64', 'clone3', 5435],
  ['MIPSEL64', 'clone3', 5435],
  ['MIPS64N32', 'clone3', 6435],
  ['MIPSEL64N32', 'clone3', 6435],
  ['PPC64LE', 'clone3', 435],
  ['S390X', 'clone3', 435],
  ['RISCV64', 'clone3', 435],
  ['X86_64', 'unshare', 272],
  ['AARCH64', 'unshare', 97],
  ['X32', 'execve', 0x40000000 + 520],
  ['X86', 'clock_settime64', 404],
  ['X86', 'socket', 359],
  ['PPC64LE', 'socket', 326],
  ['ARM', 'cacheflush', 0xf0002],
])('numbers %s %s as %i, both ways', (abi, name, number) => {
  expect(numberOf(`SCMP_ARCH_${abi}`, name)).toBe(number);
  expect(nameOf(`SCMP_ARCH_${abi}`, number)).toBe(name);
});

test.each([
  ['X86_64', 'stime'],
  ['X86_64', 'umount'],
  ['X86_64', 'socketcall'],
  ['X86_64', 'clock_settime64'],
  ['X86', 'accept'],
  ['X86', 'semop'],
  ['AARCH64', 'open'],
  ['SH', 'clone3'],
  ['X86_64', 'pread'],
  ['RISCV32', 'read'],
])('has no number for %s %s', (abi, name) => {
  expect(numberOf(`SCMP_ARCH_${abi}`, name)).toBeUndefined();
});

test('has no name for a number or an ABI that is not there', () => {
  expect(nameOf('SCMP_ARCH_X86_64', 400)).toBeUndefined();
  expect(nameOf('SCMP_ARCH_RISCV32', 63)).toBeUndefined();
});

test('knows a name by its exact spelling only', () => {
  expect(['clone3', '_sysctl', 'Clone3', 'pread', ''].filter(isKnown)).toStrictEqual(['clone3', '_sysctl']);
});

test('gives each number of an ABI to one name', () => {
  for (const { name: abi } of ABIS) {
    const numbered = allNames().filter(name => numberOf(abi, name) !== undefined);
    expect(numbered.filter(name => nameOf(abi, numberOf(abi, name)!) !== name)).toStrictEqual([]);
  }
});

test('counts the names of each ABI', () => {
  const counts = ABIS.map(({ name, tool }) => `${tool} ${allNames().filter(each => numberOf(name, each) !== undefined).length}`);
  expect(allNames()).toHaveLength(508);
  expect(counts.join(', ')).toBe('x86 461, x86_64 385, x32 374, arm 430, aarch64 327, loongarch64 323, m68k 443, '
    + 'mips 437, mips64 373, mips64n32 397, mipsel 437, mipsel64 373, mipsel64n32 397, ppc 452, ppc64 424, ppc64le 424, '
    + 's390 440, s390x 390, parisc 407, parisc64 386, riscv64 328, sh 436, sheb 436');
});
