import * as fc from 'fast-check';
import { NAMES, profiles, VALUES } from './arbitraries';
import { SeccompArchitecture, DecisionKind, MindieProfile, NodeArchitecture, ContainerRuntime, SeccompProfile } from '../../src';

const CRUN = ContainerRuntime.crun('1.21', { libseccomp: '2.6.0' });
const DENIALS = ['SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP'];

const documentOf = (profile: SeccompProfile) => JSON.parse(profile.toJson());
const logging = (document: object) => documentOf(SeccompProfile.logging(SeccompProfile.fromJson(document)));

test('logs everything without a profile, on amd64 and arm64 nodes', () => {
  expect(documentOf(SeccompProfile.logging())).toStrictEqual({
    defaultAction: 'SCMP_ACT_LOG',
    architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
    syscalls: [],
  });
});

test('logs what an allowlist denies, and leaves out the errno, which belongs to no LOG', () => {
  const document = { architectures: ['SCMP_ARCH_X86_64'], flags: ['SECCOMP_FILTER_FLAG_LOG'], syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }] };
  expect(logging({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 1, ...document })).toStrictEqual({ defaultAction: 'SCMP_ACT_LOG', ...document });
});

test.each(['SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP'])('logs what a denylist answers with %s, on its conditions', action => {
  const args = [{ index: 0, value: 5, op: 'SCMP_CMP_EQ' }];
  const syscalls = [{ names: ['mount'], action }, { names: ['ioctl'], action, args }];
  expect(logging({ defaultAction: 'SCMP_ACT_ALLOW', syscalls })).toStrictEqual({
    defaultAction: 'SCMP_ACT_ALLOW',
    syscalls: [{ names: ['ioctl'], action: 'SCMP_ACT_LOG', args }, { names: ['mount'], action: 'SCMP_ACT_LOG' }],
  });
});

test.each(['SCMP_ACT_NOTIFY', 'SCMP_ACT_TRACE', 'SCMP_ACT_LOG'])('leaves %s alone: somebody else decides, or nobody denies', action => {
  const document = { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mount'], action }] };
  expect(logging(document)).toStrictEqual(document);
});

test('logs a call whose denial comes first, although a rule equal to the default action is skipped and the next would hold', () => {
  const syscalls = [{ names: ['mount'], action: 'SCMP_ACT_ERRNO', errnoRet: 2 }, { names: ['mount', 'read'], action: 'SCMP_ACT_ALLOW' }];
  expect(logging({ defaultAction: 'SCMP_ACT_ERRNO', syscalls })).toStrictEqual({
    defaultAction: 'SCMP_ACT_LOG', syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }],
  });
});

describe('keeps ENOSYS for clone3, so that it is clone that is seen,', () => {
  const CLONE3 = { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 };

  test.each<[string, object]>([
    ['from a rule', { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [CLONE3] }],
    ['from the default action', { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38, syscalls: [] }],
  ])('%s', (_, document) => expect(logging(document).syscalls).toStrictEqual([CLONE3]));

  test.each<[string, object]>([
    ['a rule', { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ ...CLONE3, errnoRet: 1 }] }],
    ['the default action', { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [] }],
  ])('but not EPERM from %s', (_, document) => expect(JSON.stringify(logging(document))).not.toContain('ERRNO'));
});

test('executes what a profile denies, logs it, and changes nothing else', () => {
  const errnos = fc.array(fc.constantFrom(undefined, 1, 2, 38), { minLength: 6, maxLength: 6 });
  let compared = 0;
  fc.assert(fc.property(profiles, errnos, fc.constantFrom(...VALUES), fc.constantFrom(...VALUES), (drawn, [ofDefault, ...ofRules], one, other) => {
    const document = drawn._document;
    const withErrno = (action: string, errno: number | undefined, key: string) => action === 'SCMP_ACT_ERRNO' && errno !== undefined ? { [key]: errno } : {};
    const profile = SeccompProfile._of({
      ...document,
      architectures: ['SCMP_ARCH_X86_64'],
      ...withErrno(document.defaultAction, ofDefault, 'defaultErrnoRet'),
      syscalls: document.syscalls!.map((rule, index) => ({ ...rule, ...withErrno(rule.action, ofRules[index], 'errnoRet') })),
    });
    const after = SeccompProfile.logging(profile);
    for (const syscall of NAMES.filter(name => !['socketcall', 'ipc', 'clock_settime64'].includes(name))) {
      const query = { architecture: SeccompArchitecture.X86_64, syscall, runtime: CRUN, args: [`${one}`, `${other}`, `${one}`] };
      const { kind, action, errno } = profile.decide(query);
      // That has tests of its own.
      if (kind !== DecisionKind.ACTION || (syscall === 'clone3' && errno === 38)) continue;
      compared++;
      const expected = DENIALS.includes(action!.value) ? ['SCMP_ACT_LOG', undefined] : [action!.value, errno];
      const decision = after.decide(query);
      expect([syscall, decision.action?.value, decision.errno]).toStrictEqual([syscall, ...expected]);
    }
  }), { numRuns: 400 });
  expect(compared).toBeGreaterThan(2000);
});

test('names what would break under a profile of the library, for a node', () => {
  const after = SeccompProfile.logging(MindieProfile.hardened().forNode(NodeArchitecture.AMD64));
  const answer = (syscall: string) => after.decide({ architecture: SeccompArchitecture.X86_64, syscall }).action?.value;
  expect([answer('mount'), answer('read'), answer('clone3')]).toStrictEqual(['SCMP_ACT_LOG', 'SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO']);
});
