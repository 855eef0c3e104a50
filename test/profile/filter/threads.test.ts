import { SeccompArchitecture, Libc, MindieProfile, NodeArchitecture, ContainerRuntime, SeccompProfile, ThreadsAnswer, ThreadStart } from '../../../src';

const RUNC = ContainerRuntime.runc('1.1.5', { libseccomp: '2.5.5' });
const CRUN = ContainerRuntime.crun('1.8.1', { libseccomp: '2.5.5' });
const X86_64 = { architecture: SeccompArchitecture.X86_64 };

const denylist = (...syscalls: object[]) => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'], syscalls });
const errno = (name: string, errnoRet: number, ...args: object[]) => ({ names: [name], action: 'SCMP_ACT_ERRNO', errnoRet, args });
const brief = ({ start, errno: code }: ThreadsAnswer) => code === undefined ? start : `${start} ${code}`;

const CLONE3_EPERM = denylist(errno('clone3', 1));

test.each([
  ['glibc 2.33', Libc.glibc('2.33'), SeccompArchitecture.X86_64, 'works'],
  ['glibc 2.34', Libc.glibc('2.34'), SeccompArchitecture.X86_64, 'fails 1'],
  ['glibc 2.37', Libc.glibc('2.37'), SeccompArchitecture.AARCH64, 'works'],
  ['glibc 2.38', Libc.glibc('2.38'), SeccompArchitecture.AARCH64, 'fails 1'],
  ['musl', Libc.musl(), SeccompArchitecture.X86_64, 'works'],
])('follows %s when clone3 is answered with EPERM', (_, libc, architecture, expected) => {
  expect(brief(CLONE3_EPERM.threads({ libc, architecture }))).toBe(expected);
});

test.each([
  ['ENOSYS lets glibc fall back to clone', denylist(errno('clone3', 38)), 'works'],
  ['ENOSYS does not help where clone is denied too', denylist(errno('clone3', 38), errno('clone', 1)), 'fails 1'],
  ['a filter on namespace flags lets threads pass', denylist(errno('clone3', 38), errno('clone', 1, { index: 0, value: 0x10000000, valueTwo: 0x10000000, op: 'SCMP_CMP_MASKED_EQ' })), 'works'],
  ['a filter on a flag of threads does not', denylist(errno('clone3', 38), errno('clone', 1, { index: 0, value: 0x10000, valueTwo: 0x10000, op: 'SCMP_CMP_MASKED_EQ' })), 'fails 1'],
  ['a kill is no errno', denylist({ names: ['clone3'], action: 'SCMP_ACT_KILL_PROCESS' }), 'fails'],
  ['an agent cannot be computed', SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', listenerPath: '/run/a', syscalls: [{ names: ['clone3'], action: 'SCMP_ACT_NOTIFY' }] }), 'unknown'],
  ['without a tracer TRACE is ENOSYS', denylist({ names: ['clone3'], action: 'SCMP_ACT_TRACE' }), 'works'],
  ['LOG lets through', denylist({ names: ['clone3'], action: 'SCMP_ACT_LOG' }), 'works'],
])('%s', (_, profile, expected) => {
  expect(brief(profile.threads({ ...X86_64, libc: Libc.glibc('2.36') }))).toBe(expected);
});

test('answers the question of the guide: a newer name in an allowlist breaks threads under runc', () => {
  const allowlist = (...names: string[]) => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ERRNO', architectures: ['SCMP_ARCH_X86_64'], syscalls: [{ names: ['clone', ...names], action: 'SCMP_ACT_ALLOW' }] });
  const libc = Libc.glibc('2.36');
  expect([RUNC, CRUN].flatMap(runtime => [allowlist('statx'), allowlist('statx', 'faccessat2')].map(profile => brief(profile.threads({ ...X86_64, libc, runtime })))))
    .toStrictEqual(['works', 'fails 1', 'fails 1', 'fails 1']);
});

test('finds threads working under the reference on every node', () => {
  for (const node of MindieProfile.reference().nodes) {
    for (const libc of [Libc.glibc('2.17'), Libc.glibc('2.43'), Libc.musl()]) {
      const answer = MindieProfile.reference().forNode(node).threads({ libc, architecture: node.architectures[0], node });
      expect([node.label, answer.start]).toStrictEqual([node.label, ThreadStart.WORKS]);
    }
  }
});

test('looks at the second argument of clone on s390x', () => {
  const profile = (index: number) => SeccompProfile.fromJson({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_S390X'],
    syscalls: [errno('clone', 1, { index, value: 0x100, valueTwo: 0x100, op: 'SCMP_CMP_MASKED_EQ' })],
  });
  const query = { libc: Libc.glibc('2.31'), architecture: SeccompArchitecture.S390X, node: NodeArchitecture.S390X };
  expect([0, 1].map(index => brief(profile(index).threads(query)))).toStrictEqual(['unknown', 'fails 1']);
});

test('knows that musl reports EAGAIN for any errno', () => {
  expect(brief(denylist(errno('clone', 1)).threads({ ...X86_64, libc: Libc.musl() }))).toBe('fails 11');
});

test('does not blame a kernel without clone3', () => {
  expect(brief(denylist(errno('clone', 1)).threads({ ...X86_64, libc: Libc.glibc('2.36'), kernel: '4.19' }))).toBe('fails 1');
  expect(brief(denylist(errno('clone', 1)).threads({ ...X86_64, libc: Libc.glibc('2.36'), kernel: '5.3' }))).toBe('works');
});

test('says that nothing starts under a profile that no runtime loads', () => {
  expect(MindieProfile.reference().threads({ ...X86_64, libc: Libc.musl() }).start).toBe(ThreadStart.REFUSED);
});

test('explains', () => {
  expect(CLONE3_EPERM.threads({ ...X86_64, libc: Libc.glibc('2.36') }).reason).toBe(
    'glibc 2.36 starts threads with clone3, which fails with errno 1; it falls back to clone only on ENOSYS (38) '
    + '(clone3: syscalls[0].names[0] names clone3 without conditions)');
});

test.each([
  ['a libc version', () => Libc.glibc('new'), '"new" is not a version of glibc, expected one such as "2.36"'],
  ['a runtime version', () => ContainerRuntime.runc('latest'), '"latest" is not a version, expected one such as "1.1.5" or "1.0.0-rc93"'],
])('fails on %s that is none', (_, misuse, message) => expect(misuse).toThrow(new Error(message)));
