import { ContainerRuntime, Decision, Libc, NodeArchitecture, SeccompArchitecture, SeccompProfile, ThreadStart } from '../../src';
import { answersByNode, nodeParts, nodesRunning } from '../../src/profile/node-part';
import { ABIS, NODE_KINDS } from '../../src/syscalls/abis';

const { ARM64, ARM, AMD64 } = NodeArchitecture;
const denying = (architectures?: string[]) => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures, syscalls: [{ names: ['chroot'], action: 'SCMP_ACT_KILL_PROCESS' }] });
const WITH_ARM = denying(['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM']);
const WITHOUT_ARM = denying(['SCMP_ARCH_AARCH64']);
const brk = { syscall: 'brk', architecture: SeccompArchitecture.ARM };
const said = ({ action, decidedBy }: Decision) => `${action} by ${decidedBy}`;

describe('an ABI', () => {
  test.each(ABIS.map(({ name }) => name))('runs on all kinds of node that have %s', name => {
    const architecture = SeccompArchitecture.of(name);
    const nodes = NodeArchitecture.running(architecture);
    expect(nodes.map(String).sort()).toStrictEqual(NODE_KINDS.filter(({ abis }) => abis.includes(name)).map(kind => kind.name).sort());
    // What is not its own comes last.
    const isOwn = nodes.map(node => node.architectures[0] === architecture);
    expect(isOwn).toStrictEqual([...isOwn].sort((one, other) => Number(other) - Number(one)));
  });

  test('is that of an own and of another kernel for 32-bit ARM alone', () => {
    expect(ABIS.map(({ name }) => name).filter(name => NodeArchitecture.running(SeccompArchitecture.of(name)).length > 1)).toStrictEqual(['SCMP_ARCH_ARM']);
    expect(NodeArchitecture.running(SeccompArchitecture.ARM)).toStrictEqual([ARM, ARM64]);
  });

  test.each([
    [undefined, [ARM, ARM64]],
    [true, [ARM64]],
    [false, [ARM]],
  ])('is run by the kernel that says compat %s', (isCompat, nodes) => {
    expect(nodesRunning(SeccompArchitecture.ARM, isCompat)).toStrictEqual(nodes);
    // A kernel that contradicts itself is not believed.
    expect(nodesRunning(SeccompArchitecture.X86, isCompat)).toStrictEqual([AMD64]);
  });
});

describe('a program of 32-bit ARM', () => {
  test('is killed on arm64 alone where the list leaves its ABI out', () => {
    expect(said(WITHOUT_ARM.decide({ ...brk, node: ARM64 }))).toBe('SCMP_ACT_KILL_THREAD by missing architecture');
    expect(said(WITHOUT_ARM.decide({ ...brk, node: ARM }))).toBe('SCMP_ACT_ALLOW by default action');
    expect(answersByNode(nodeParts(WITHOUT_ARM, SeccompArchitecture.ARM), ({ profile, node }) => profile.decide({ ...brk, node }), said)
      .map(({ answer, nodes }) => `${answer.action} on ${nodes}`)).toStrictEqual(['SCMP_ACT_ALLOW on arm', 'SCMP_ACT_KILL_THREAD on arm64']);
  });

  test('gets no answer without a node, where the kinds of node differ', () => {
    const differently = 'programs of SCMP_ARCH_ARM run on arm nodes and arm64 nodes, where the profile answers differently, expected node in the query';
    expect(() => WITHOUT_ARM.decide(brk)).toThrow(differently);
    expect(() => denying().threads({ architecture: SeccompArchitecture.ARM, libc: Libc.musl() })).toThrow(differently);
    expect(said(WITH_ARM.decide(brk))).toBe('SCMP_ACT_ALLOW by default action');
    expect(WITH_ARM.threads({ architecture: SeccompArchitecture.ARM, libc: Libc.musl() }).start).toBe(ThreadStart.WORKS);
    const answers = answersByNode(nodeParts(WITH_ARM, SeccompArchitecture.ARM), ({ profile, node }) => profile.decide({ ...brk, node }), said);
    expect(answers.map(({ nodes }) => nodes)).toStrictEqual([undefined]);
  });

  test('is in the difference of two profiles, with the kind of node', () => {
    const differences = WITH_ARM.diff(WITHOUT_ARM);
    expect(new Set(differences.map(({ architecture, nodes, after }) => `${architecture} on ${nodes}: ${said(after)}`)))
      .toStrictEqual(new Set(['SCMP_ARCH_ARM on arm64: SCMP_ACT_KILL_THREAD by missing architecture']));
    expect(WITH_ARM.diff(WITH_ARM.withDenied(['brk'])).map(({ syscall, architecture, nodes }) => `${syscall} ${architecture} ${nodes}`))
      .toStrictEqual(['brk SCMP_ARCH_AARCH64 undefined', 'brk SCMP_ARCH_ARM undefined']);
  });
});

test.each(NODE_KINDS.flatMap(({ name, abis }) => abis.map(abi => [name, abi] as const)))('decides for %s with %s as the runtime there does', (name, abi) => {
  const [node, architecture] = [NodeArchitecture.of(name), SeccompArchitecture.of(abi)];
  const [native] = node.architectures;
  for (const profile of [denying([native.value]), denying([abi]), denying()]) {
    const inFilter = architecture === native || profile.architectures?.includes(architecture);
    const { action } = profile.decide({ syscall: 'read', architecture, node, runtime: ContainerRuntime.crun('1.21') });
    expect(`${action}`).toBe(inFilter ? 'SCMP_ACT_ALLOW' : 'SCMP_ACT_KILL_THREAD');
  }
});
