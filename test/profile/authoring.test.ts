import * as fc from 'fast-check';
import { SeccompAction, SeccompArchitecture, SeccompProfile, SyscallArgument, SyscallRule } from '../../src';

const X86_64 = { architectures: [SeccompArchitecture.X86_64] };
const rulesOf = (rule: SyscallRule) => JSON.parse(SeccompProfile.denylist({ ...X86_64, rules: [rule] }).toJson()).syscalls;
const answer = (profile: SeccompProfile, syscall: string, args?: unknown[]) => {
  const { action, errno, kind } = profile.decide({ syscall, args, architecture: SeccompArchitecture.X86_64 });
  return action ? [action.value, errno] : kind;
};
const ALLOWED = ['SCMP_ACT_ALLOW', undefined];

test('writes a denylist', () => {
  expect(JSON.parse(SeccompProfile.denylist({ ...X86_64, denied: ['mount', 'umount2'], rules: [SyscallRule.enosys('clone3')] }).toJson())).toStrictEqual({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [
      { names: ['mount', 'umount2'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 },
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
    ],
  });
});

test('writes an allowlist that answers ENOSYS to the rest', () => {
  expect(JSON.parse(SeccompProfile.allowlist({ allowed: ['read'] }).toJson())).toStrictEqual({
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 38,
    architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
    syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }],
  });
});

test('writes one rule for each flag of which any is denied', () => {
  expect(rulesOf(SyscallRule.deny('clone').when(SyscallArgument.int64(0).hasAnyOf(0x10020000))).map((rule: any) => rule.args)).toStrictEqual([
    [{ index: 0, value: 0x20000, valueTwo: 0x20000, op: 'SCMP_CMP_MASKED_EQ' }],
    [{ index: 0, value: 0x10000000, valueTwo: 0x10000000, op: 'SCMP_CMP_MASKED_EQ' }],
  ]);
});

test('masks an int to the bits that the kernel reads', () => {
  const profile = SeccompProfile.denylist({ ...X86_64, rules: [SyscallRule.deny('socket').when(SyscallArgument.int32(0).isOneOf([16, 40]))] });
  expect([[16], [2 ** 32 + 40], [2]].map(args => answer(profile, 'socket', args))).toStrictEqual([['SCMP_ACT_ERRNO', 1], ['SCMP_ACT_ERRNO', 1], ALLOWED]);
});

test('needs all tests of a rule', () => {
  const both = SyscallRule.deny('socket').when(SyscallArgument.int32(0).isOneOf([2]), SyscallArgument.int32(1).hasNoneOf(0xf0));
  const profile = SeccompProfile.denylist({ ...X86_64, rules: [both] });
  expect([[2, 1], [2, 0x10], [3, 1]].map(args => answer(profile, 'socket', args))).toStrictEqual([['SCMP_ACT_ERRNO', 1], ALLOWED, ALLOWED]);
});

test('cuts any range into masks that mean exactly it', () => {
  const bound = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 2 ** 32 - 5, max: 2 ** 32 + 5 }), fc.integer({ min: 0, max: 2 ** 52 }));
  fc.assert(fc.property(bound, bound, fc.array(bound, { minLength: 20 }), (one, other, values) => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    const profile = SeccompProfile.denylist({ ...X86_64, rules: [SyscallRule.deny('kill').when(SyscallArgument.int64(1).isBetween(from, to))] });
    for (const value of [...values, from, to, from - 1, to + 1].filter(each => each >= 0)) {
      expect([value, answer(profile, 'kill', [0, value])[1]]).toStrictEqual([value, value >= from && value <= to ? 1 : undefined]);
    }
  }), { numRuns: 60 });
});

test('changes what a profile says about a call, whatever it said', () => {
  const profile = SeccompProfile.fromJson({
    defaultAction: 'SCMP_ACT_ALLOW',
    syscalls: [{ names: ['mount', 'ptrace'], action: 'SCMP_ACT_ERRNO' }, { names: ['mount'], action: 'SCMP_ACT_KILL_PROCESS' }],
  });
  expect(answer(profile.withDenied(['mount'], 13), 'mount')).toStrictEqual(['SCMP_ACT_ERRNO', 13]);
  expect(answer(profile.withAllowed(['mount']), 'mount')).toStrictEqual(ALLOWED);
  expect(answer(profile.withoutSyscalls(['mount']), 'ptrace')).toStrictEqual(['SCMP_ACT_ERRNO', 1]);
  expect(JSON.parse(profile.withoutSyscalls(['mount', 'ptrace']).toJson()).syscalls).toStrictEqual([]);
  expect(profile.withArchitectures([SeccompArchitecture.RISCV64]).architectures).toStrictEqual([SeccompArchitecture.RISCV64]);
});

test('has one digest for equal profiles, another for others', () => {
  const [one, same, other] = [['mount'], ['mount'], ['umount']].map(denied => SeccompProfile.denylist({ denied }).digest);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect([same === one, other === one]).toStrictEqual([true, false]);
});

describe('fails on', () => {
  test.each([
    ['a misspelt name', () => SyscallRule.deny('mout'), '"mout" is not a system call that libseccomp knows, expected a name such as "mount"'],
    ['no name', () => SyscallRule.allow(), 'rule names no system call, expected at least one'],
    ['an errno that libseccomp refuses', () => SyscallRule.deny('mount').withErrno(4095), 'errno 4095 is out of range, expected 0 to 4094'],
    ['an errno without ERRNO', () => SyscallRule.of(SeccompAction.LOG, 'mount').withErrno(1), 'errno 1 with SCMP_ACT_LOG has no meaning, expected it with SCMP_ACT_ERRNO only'],
    ['a seventh argument', () => SyscallArgument.int32(6), 'index 6 is not an argument, expected 0 to 5'],
    ['a wide value of an int', () => SyscallArgument.int32(0).isOneOf([2 ** 32]), 'value 4294967296 does not fit argument 0, expected an integer from 0 to 2^32 - 1'],
    ['no flag', () => SyscallArgument.int32(0).hasAnyOf(0), 'flags 0 has no bit, expected at least one'],
    ['no value', () => SyscallArgument.int32(0).isOneOf([]), 'test of argument 0 has no value, expected at least one'],
    ['an empty range', () => SyscallArgument.int32(0).isBetween(2, 1), 'range from 2 to 1 is empty, expected the smaller value first'],
    ['bits of a long that libseccomp does not tell apart', () => rulesOf(SyscallRule.deny('kill').when(SyscallArgument.int64(1).hasAnyOf(3 * 2 ** 40))),
      'rule for kill needs several rules, and SCMP_CMP_MASKED_EQ with the value 1099511627776, above 2^32 - 1, which libseccomp may build differently: '
      + 'test fewer values, or use SyscallArgument.int32 if the kernel reads 32 bits'],
    ['two tests of one argument', () => rulesOf(SyscallRule.deny('kill').when(SyscallArgument.int32(0).isOneOf([1]), SyscallArgument.int32(0).isOneOf([2]))),
      'rule for kill tests argument 0 twice, expected one test: a runtime would require only one of the two'],
    ['an unknown action', () => SeccompAction.of('DENY'), /^"DENY" is not an action of the OCI runtime-spec, expected one of SCMP_ACT_KILL, /],
  ])('%s', (_, misuse, message) => expect(misuse).toThrow(message));
});
