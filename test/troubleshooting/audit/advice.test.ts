import { SeccompArchitecture, ContainerRuntime, SeccompProfile } from '../../../src';
import { adviceOn, ProfileChange } from '../../../src/troubleshooting/audit/advice';
import { AuditFields, auditFields } from '../../../src/troubleshooting/audit/line';
import { AuditedCall, auditedCall } from '../../../src/troubleshooting/audit/record';

const CODES = { ERRNO: '0x50000', KILL_THREAD: '0x0', KILL_PROCESS: '0x80000000', LOG: '0x7ffc0000' };
const EITHER_KILL = 'kill';

function recorded(syscall: number | string, action: keyof typeof CODES | typeof EITHER_KILL, arch = 'c000003e') {
  const code = action === EITHER_KILL ? action : CODES[action];
  return auditedCall(auditFields(`type=SECCOMP msg=audit(1.0:1): comm="a" arch=${arch} syscall=${syscall} code=${code}`)[0] as AuditFields);
}

const [CLONE3, MKDIR, MOUNT, PERSONALITY] = [435, 83, 165, 135];
const I386 = '40000003';
const AMD64 = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'];
const allow = (...names: string[]) => ({ names, action: 'SCMP_ACT_ALLOW' });
const deny = (...names: string[]) => ({ names, action: 'SCMP_ACT_ERRNO' });
const documentOf = (defaultAction: string, syscalls: object[], rest = {}): any => ({ defaultAction, architectures: AMD64, syscalls, ...rest });

const DENYLIST = documentOf('SCMP_ACT_ALLOW', [deny('clone3', 'mount'), { names: ['ptrace'], action: 'SCMP_ACT_LOG' }]);
const ALLOWLIST = documentOf('SCMP_ACT_ERRNO', [allow('read'), allow('read', 'write', 'zap'), { ...allow('getpid', 'getppid', 'x', 'y'), args: [{ index: 0, value: 1, op: 'SCMP_CMP_EQ' }] }]);
const ENOSYS = { action: 'SCMP_ACT_ERRNO', errnoRet: 38 };

/** Does as it is told. */
function changed(document: any, { from, to, rule, name }: ProfileChange): any {
  const copy = JSON.parse(JSON.stringify(document));
  const list = (path: string): string[] => path === 'architectures' ? copy.architectures : copy.syscalls[Number(/\d+/.exec(path)![0])].names;
  if (from) list(from).splice(list(from).indexOf(name), 1);
  if (to) list(to).push(name);
  if (rule) copy.syscalls.push({ names: [name], ...rule });
  copy.syscalls = copy.syscalls.filter(({ names }: any) => names.length > 0);
  return copy;
}

test.each([
  ['a rule that denies', DENYLIST, recorded(MOUNT, 'ERRNO'), { from: 'syscalls[0].names', name: 'mount' }, 'SCMP_ACT_ALLOW', undefined],
  ['a rule that logs', DENYLIST, recorded(101, 'LOG'), { from: 'syscalls[1].names', name: 'ptrace' }, 'SCMP_ACT_ALLOW', undefined],
  ['a rule that has clone3 fail', DENYLIST, recorded(CLONE3, 'ERRNO'), { from: 'syscalls[0].names', rule: ENOSYS, name: 'clone3' }, 'SCMP_ACT_ERRNO', 38],
  ['an allowlist without clone3', { ...ALLOWLIST, defaultErrnoRet: 1 }, recorded(CLONE3, 'ERRNO'), undefined, 'SCMP_ACT_ERRNO', 38],
  ['an allowlist', documentOf('SCMP_ACT_ERRNO', [allow('read', 'statx'), deny('mkdir')]), recorded(MKDIR, 'ERRNO'), { to: 'syscalls[0].names', name: 'mkdir' }, 'SCMP_ACT_ALLOW', undefined],
  ['an allowlist that kills', documentOf('SCMP_ACT_KILL', [allow('read')]), recorded(MKDIR, 'KILL_THREAD'), { to: 'syscalls[0].names', name: 'mkdir' }, 'SCMP_ACT_ALLOW', undefined],
  ['an allowlist with a rule that kills', documentOf('SCMP_ACT_ERRNO', [allow('read'), { names: ['mkdir'], action: 'SCMP_ACT_KILL_PROCESS' }]), recorded(MKDIR, EITHER_KILL),
    { from: 'syscalls[1].names', to: 'syscalls[0].names', name: 'mkdir' }, 'SCMP_ACT_ALLOW', undefined],
  ['a recording', documentOf('SCMP_ACT_LOG', []), recorded(MKDIR, 'LOG'), { rule: { action: 'SCMP_ACT_ALLOW' }, name: 'mkdir' }, 'SCMP_ACT_ALLOW', undefined],
  ['a missing architecture', documentOf('SCMP_ACT_ALLOW', [deny('mount')], { architectures: ['SCMP_ARCH_X86_64'] }), recorded(20, 'KILL_THREAD', I386),
    { to: 'architectures', name: 'SCMP_ARCH_X86' }, 'SCMP_ACT_ALLOW', undefined],
] as const)('says what to change in %s, and that changes the answer', (_, document, call, change, action, errno) => {
  const advice = adviceOn(call, SeccompProfile.fromJson(document))!;
  expect(advice.agreement).toBe('yes');
  if (change) expect(JSON.parse(JSON.stringify(advice.change))).toStrictEqual(change);
  const after = change ? SeccompProfile.fromJson(changed(document, advice.change!)) : SeccompProfile.fromJson(document);
  const decision = after.decide({ architecture: call.architecture!, number: call.number });
  expect([decision.action?.value, decision.errno]).toStrictEqual([action, errno]);
});

test('has nothing to change where clone3 fails with ENOSYS', () => {
  expect(adviceOn(recorded(CLONE3, 'ERRNO'), SeccompProfile.fromJson(documentOf('SCMP_ACT_ALLOW', [{ ...deny('clone3'), errnoRet: 38 }])))!.change).toBeUndefined();
});

test('disagrees with a record of another filter, and changes nothing', () => {
  const profile = SeccompProfile.fromJson(DENYLIST);
  for (const call of [recorded(MKDIR, 'ERRNO'), recorded(MOUNT, 'KILL_PROCESS'), recorded(MOUNT, 'LOG'), recorded(MOUNT, EITHER_KILL)]) {
    expect(adviceOn(call, profile)).toMatchObject({ agreement: 'no', change: undefined });
  }
});

test('says maybe where the arguments decide, unless none of them gives that answer', () => {
  const conditional = { names: ['personality'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value: 8, op: 'SCMP_CMP_EQ' }] };
  const profile = SeccompProfile.fromJson(documentOf('SCMP_ACT_ALLOW', [conditional]));
  expect(adviceOn(recorded(PERSONALITY, 'ERRNO'), profile)).toMatchObject({ agreement: 'maybe', change: undefined });
  expect(adviceOn(recorded(PERSONALITY, 'LOG'), profile)).toMatchObject({ agreement: 'no', change: undefined });
});

test('asks the part of a document of many nodes, and says that no container starts with the whole', () => {
  const profile = SeccompProfile.fromJson(documentOf('SCMP_ACT_ALLOW', [deny('mount')], { architectures: [...AMD64, 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_S390X'] }));
  const advice = adviceOn(recorded(40, 'ERRNO', 'c00000b7'), profile)!;
  expect(advice).toMatchObject({ agreement: 'yes', change: { from: 'syscalls[0].names', name: 'mount' } });
  expect(advice.refusal).toContain('SCMP_ARCH_S390X');
});

test('takes a runtime that knows flags for a profile that has some, unless another one is named', () => {
  const profile = SeccompProfile.fromJson({ ...DENYLIST, flags: ['SECCOMP_FILTER_FLAG_LOG'] });
  expect(adviceOn(recorded(MOUNT, 'ERRNO'), profile)).toMatchObject({ agreement: 'yes', refusal: undefined });
  expect(adviceOn(recorded(MOUNT, 'ERRNO'), profile, ContainerRuntime.runc('1.1.5'))).toMatchObject({ agreement: 'maybe', refusal: expect.stringContaining('runc') });
});

test('has no advice on a record that does not say which call it is', () => {
  const profile = SeccompProfile.fromJson(DENYLIST);
  expect(adviceOn(recorded(MKDIR, 'ERRNO', '9026'), profile)).toBeUndefined();
  expect(adviceOn(recorded('unknown-syscall(-1)', 'ERRNO', 'x86_64'), profile)).toBeUndefined();
  expect(adviceOn(recorded(-1, 'KILL_THREAD'), profile)).toMatchObject({ agreement: 'no', change: undefined });
  expect(String(recorded(-1, 'KILL_THREAD').architecture)).toBe(String(SeccompArchitecture.X86_64));
});

describe('32-bit ARM, which is the own ABI of one kind of node and not of another', () => {
  const profile = SeccompProfile.fromJson(documentOf('SCMP_ACT_ALLOW', [deny('chroot')], { architectures: ['SCMP_ARCH_AARCH64'] }));
  const brk = (action: keyof typeof CODES, compat: string) =>
    auditedCall(auditFields(`type=SECCOMP msg=audit(1.0:1): comm="a" arch=40000028 syscall=45${compat} code=${CODES[action]}`)[0] as AuditFields);
  const told = (call: AuditedCall) => {
    const { agreement, decision, change, nodes } = adviceOn(call, profile)!;
    return { agreement, answer: `${decision.action} by ${decision.decidedBy}`, change, nodes: nodes?.map(String) };
  };
  const KILLED = { answer: 'SCMP_ACT_KILL_THREAD by missing architecture' };

  test('is killed on arm64 for want of the ABI, which is what to add', () => {
    expect(told(brk('KILL_THREAD', ' compat=1'))).toStrictEqual({ ...KILLED, agreement: 'yes', change: { to: 'architectures', name: 'SCMP_ARCH_ARM' }, nodes: undefined });
  });

  test('is let through on arm, so that another filter answered', () => {
    expect(told(brk('KILL_THREAD', ' compat=0'))).toStrictEqual({ answer: 'SCMP_ACT_ALLOW by default action', agreement: 'no', change: undefined, nodes: undefined });
  });

  test('is judged by what was recorded where no kernel is named', () => {
    expect(told(brk('KILL_THREAD', ''))).toStrictEqual({ ...KILLED, agreement: 'yes', change: { to: 'architectures', name: 'SCMP_ARCH_ARM' }, nodes: ['arm64'] });
  });
});
