import { ABIS, NODE_KINDS } from '../../src/syscalls/abis';

const EM_64BIT = 0x80000000;
const EM_LITTLE_ENDIAN = 0x40000000;

test('has the architectures of the OCI runtime-spec', () => {
  expect(ABIS.map(({ name }) => name.replace('SCMP_ARCH_', '')).join(' ')).toBe('X86 X86_64 X32 ARM AARCH64 LOONGARCH64 M68K '
    + 'MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE S390 S390X PARISC PARISC64 RISCV64 SH SHEB');
});

test('says the byte order that the audit token says', () => {
  expect(ABIS.filter(({ endianness, auditToken }) => (endianness === 'little') !== (Math.floor(auditToken / EM_LITTLE_ENDIAN) % 2 === 1)))
    .toStrictEqual([]);
});

test('says the width that the audit token says, but for the two ABIs with short pointers on 64-bit machines', () => {
  const wide = ABIS.filter(({ auditToken }) => auditToken >= EM_64BIT);
  expect(wide.filter(({ pointerBits }) => pointerBits !== 64).map(({ tool }) => tool)).toStrictEqual(['x32', 'mips64n32', 'mipsel64n32']);
  expect(ABIS.filter(abi => abi.pointerBits === 64 && !wide.includes(abi))).toStrictEqual([]);
});

test('tells ABIs of one audit token apart by their base', () => {
  const keys = ABIS.map(({ auditToken, base }) => `${auditToken} ${base}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('gives every node kind ABIs of one byte order, so that one filter can hold them', () => {
  for (const kind of NODE_KINDS) {
    const orders = new Set(kind.abis.map(name => ABIS.find(abi => abi.name === name)!.endianness));
    expect([kind.name, orders.size]).toStrictEqual([kind.name, 1]);
  }
});

test('names every ABI and every machine once', () => {
  const names = ABIS.map(abi => abi.name);
  const machines = NODE_KINDS.flatMap(kind => kind.machines);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(machines).size).toBe(machines.length);
});
