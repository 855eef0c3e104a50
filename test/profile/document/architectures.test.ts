import { SeccompArchitecture, NodeArchitecture } from '../../../src';
import { ABIS, NODE_KINDS } from '../../../src/syscalls/abis';

test('has a constant for every architecture of the specification', () => {
  const constants = Object.values(SeccompArchitecture).filter(value => value instanceof SeccompArchitecture);
  expect(constants.map(String).sort()).toStrictEqual(ABIS.map(abi => abi.name).sort());
  expect(constants.map(constant => SeccompArchitecture.of(constant.value))).toStrictEqual(constants);
});

test('tells the byte order', () => {
  expect([SeccompArchitecture.S390X.bigEndian, SeccompArchitecture.PPC64LE.bigEndian]).toStrictEqual([true, false]);
});

test('fails on an architecture that is not in the specification', () => {
  expect(() => SeccompArchitecture.of('amd64')).toThrow(/^"amd64" is not an architecture of the OCI runtime-spec, expected one of SCMP_ARCH_X86, /);
});

test('finds a node architecture by its label and by its machine', () => {
  expect(NodeArchitecture.all().map(String)).toStrictEqual(NODE_KINDS.map(kind => kind.name));
  for (const node of NodeArchitecture.all()) {
    for (const name of [node.label, ...node.machines]) expect(NodeArchitecture.of(name)).toBe(node);
  }
});

test('fails on a node architecture that seccomp cannot filter', () => {
  expect(() => NodeArchitecture.of('sparc64')).toThrow(new Error(
    '"sparc64" is not a node architecture, expected one of amd64 (x86_64), arm64 (aarch64), arm (armv6l, armv7l), ppc64le (ppc64le), '
    + 's390x (s390x), riscv64 (riscv64), mips64le (mips64le, mips64), loong64 (loongarch64)'));
});
