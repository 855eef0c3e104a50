import { SeccompArchitecture, HardeningGroup, MindieProfile, NodeArchitecture, SeccompProfile, SyscallArgument, SyscallRule } from '../../../src';

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

describe('hardened', () => {
  const cloneArguments = (profile: SeccompProfile): number[] => JSON.parse(profile.toJson()).syscalls
    .filter(({ names }: { names: string[] }) => names.includes('clone'))
    .map(({ args }: { args: { index: number }[] }) => args.map(({ index }) => index)).flat();

  test('serves the nodes of the reference, with its architectures', () => {
    expect(MindieProfile.hardened().architectures).toStrictEqual(MindieProfile.reference().architectures);
    expect(MindieProfile.hardened().nodes).toStrictEqual(MindieProfile.reference().nodes);
  });

  test('begins with the rules of the reference', () => {
    const [reference, hardened] = [MindieProfile.reference(), MindieProfile.hardened()].map(profile => JSON.parse(profile.toJson()).syscalls);
    expect(hardened.slice(0, 4)).toStrictEqual(reference);
    expect(JSON.parse(MindieProfile.hardened({ allow: Object.values(HardeningGroup) }).toJson()).syscalls).toStrictEqual(reference);
  });

  test('tests the argument of clone that holds the flags on the node', () => {
    const indexes = MindieProfile.hardened().nodes.map(node => [node.label, [...new Set(cloneArguments(MindieProfile.hardened().forNode(node)))]]);
    expect(Object.fromEntries(indexes)).toStrictEqual({ amd64: [0], arm64: [0], arm: [0], ppc64le: [0], s390x: [1], riscv64: [0], mips64le: [0] });
  });

  test('loses the argument of s390x with its JSON text', () => {
    const reread = SeccompProfile.fromJson(MindieProfile.hardened().toJson());
    expect(cloneArguments(reread.forNode(NodeArchitecture.S390X))).toStrictEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('fails on a group that does not exist', () => {
    expect(() => MindieProfile.hardened({ allow: ['ptrace' as HardeningGroup] })).toThrow(new Error(
      '"ptrace" is not a hardening group, expected one of namespaces, new-mount-api, clock-time64, process-access, process-comparison, io-uring, '
      + 'userfaultfd, keyring, fanotify, quota, swap, accounting, hardware, terminal-hangup, obsolete'));
  });
});

test('allows to debug what hardened denies for that, and nothing else', () => {
  const [hardened, debugging] = [MindieProfile.hardened(), MindieProfile.debugging()]
    .map(profile => new Set<string>(JSON.parse(profile.toJson()).syscalls.flatMap(({ names }: { names: string[] }) => names)));
  expect([...hardened].filter(name => !debugging.has(name)).sort())
    .toStrictEqual(['kcmp', 'perf_event_open', 'personality', 'pidfd_getfd', 'process_madvise', 'ptrace']);
  expect([...debugging].filter(name => !hardened.has(name))).toStrictEqual([]);
});

test('allows further groups beside debugging', () => {
  const text = MindieProfile.debugging({ allow: [HardeningGroup.IO_URING] }).toJson();
  expect(text).not.toContain('io_uring_setup');
  expect(text).toContain('keyctl');
});

describe('cloneFlags', () => {
  const rule = SyscallRule.deny('clone').when(SyscallArgument.cloneFlags().hasAnyOf(0x10000000));
  const index = (profile: SeccompProfile) => JSON.parse(profile.toJson()).syscalls[0].args[0].index;

  test('is argument 1 where all architectures are those of s390', () => {
    const profile = SeccompProfile.denylist({ rules: [rule] });
    expect(index(profile)).toBe(0);
    expect(index(SeccompProfile.denylist({ rules: [rule], architectures: [SeccompArchitecture.S390X, SeccompArchitecture.S390] }))).toBe(1);
    expect(index(profile.withArchitectures([SeccompArchitecture.S390X]))).toBe(1);
    expect(index(profile.withDenied(['mount']).withArchitectures([SeccompArchitecture.S390X, SeccompArchitecture.X86_64]))).toBe(0);
  });

  test('fails beside a test of the argument that it is on s390', () => {
    expect(() => SeccompProfile.denylist({ rules: [rule.when(SyscallArgument.int64(1).isOneOf([0]))] })).toThrow(
      new Error('rule for clone tests argument 1 twice, expected one test: a runtime would require only one of the two'));
  });
});
