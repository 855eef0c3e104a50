import { MindieProfile } from '../../src';

test('prints the reference of MindIE Motor', () => {
  expect(MindieProfile.reference().toJson()).toMatchSnapshot();
});

test('gives each node of the reference architectures of one byte order', () => {
  const perNode = MindieProfile.reference().nodes.map(node => [node.label, MindieProfile.reference().forNode(node).architectures!.map(String)]);
  expect(Object.fromEntries(perNode)).toStrictEqual({
    amd64: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
    arm64: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
    arm: ['SCMP_ARCH_ARM'],
    ppc64le: ['SCMP_ARCH_PPC64LE'],
    s390x: ['SCMP_ARCH_S390X'],
    riscv64: ['SCMP_ARCH_RISCV64'],
    mips64le: ['SCMP_ARCH_MIPSEL', 'SCMP_ARCH_MIPSEL64', 'SCMP_ARCH_MIPSEL64N32'],
  });
});
