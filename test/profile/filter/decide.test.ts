import { SeccompArchitecture, DecidedBy, Decision, DecisionKind, MindieProfile, NodeArchitecture, ContainerRuntime, SeccompProfile, SyscallQuery } from '../../../src';

const RUNC = ContainerRuntime.runc('1.1.5', { libseccomp: '2.5.5' });
const CRUN = ContainerRuntime.crun('1.8.1', { libseccomp: '2.5.5' });

const profile = (defaultAction: string, syscalls: object[], more: object = {}) =>
  SeccompProfile.fromJson({ defaultAction: `SCMP_ACT_${defaultAction}`, architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86'], syscalls, ...more });
const rule = (names: string, action: string, ...args: [number, string, number, number?][]) => ({
  names: names.split(' '), action: `SCMP_ACT_${action}`, args: args.map(([index, op, value, valueTwo]) => ({ index, op: `SCMP_CMP_${op}`, value, valueTwo })),
});

/** A decision in one word or two: `ALLOW`, `ERRNO 1`, or what kind it is. */
function brief({ kind, action, errno }: Decision): string {
  return kind === DecisionKind.ACTION ? [action!.value.replace('SCMP_ACT_', ''), errno].filter(part => part !== undefined).join(' ') : kind;
}

function answers(of: SeccompProfile, ...queries: Partial<SyscallQuery>[]): string[] {
  return queries.map(query => brief(of.decide({ architecture: SeccompArchitecture.X86_64, runtime: CRUN, ...query })));
}

describe('rules for one call', () => {
  test.each([
    ['the first unconditional rule wins over a later one', [rule('mkdir', 'ERRNO'), rule('mkdir', 'KILL_PROCESS')], [], 'ERRNO 1'],
    ['an unconditional rule wins over a conditional one before it', [rule('mkdir', 'KILL_PROCESS', [0, 'EQ', 1]), rule('mkdir', 'ERRNO')], [1], 'ERRNO 1'],
    ['an unconditional rule wins over a conditional one after it', [rule('mkdir', 'ERRNO'), rule('mkdir', 'KILL_PROCESS', [0, 'EQ', 1])], [1], 'ERRNO 1'],
    ['a rule that says what the default action says is skipped', [rule('mkdir', 'ALLOW'), rule('mkdir', 'ERRNO')], [], 'ERRNO 1'],
    ['two conditions on one argument are alternatives', [rule('mkdir', 'ERRNO', [0, 'EQ', 1], [0, 'EQ', 2])], [2], 'ERRNO 1'],
    ['two NE on one argument are always met', [rule('mkdir', 'ERRNO', [0, 'NE', 1], [0, 'NE', 2])], [1], 'ERRNO 1'],
    ['conditions on two arguments are both needed', [rule('mkdir', 'ERRNO', [0, 'EQ', 1], [1, 'EQ', 2])], [1, 3], 'ALLOW'],
    ['conditions on two arguments are met together', [rule('mkdir', 'ERRNO', [0, 'EQ', 1], [1, 'EQ', 2])], [1, 2], 'ERRNO 1'],
    ['one mask of two flags needs both', [rule('clone', 'ERRNO', [0, 'MASKED_EQ', 0x30000000, 0x30000000])], [0x10000000], 'ALLOW'],
    ['an argument is compared in 64 bits', [rule('mkdir', 'ERRNO', [0, 'EQ', 1])], [2 ** 32 + 1], 'ALLOW'],
    ['two actions whose conditions are both met are undefined', [rule('mkdir', 'ERRNO', [0, 'GE', 1]), rule('mkdir', 'KILL_PROCESS', [0, 'GE', 2])], [3], 'undefined'],
    ['two actions of which one condition is met are not', [rule('mkdir', 'ERRNO', [0, 'GE', 1]), rule('mkdir', 'KILL_PROCESS', [0, 'GE', 2])], [1], 'ERRNO 1'],
    ['one condition with two actions is refused', [rule('mkdir', 'ERRNO', [0, 'EQ', 1]), rule('mkdir', 'KILL_PROCESS', [0, 'EQ', 1])], [0], 'refused'],
    ['several conditions and an inequality in several rules are undefined',
      [rule('mkdir', 'ERRNO', [0, 'EQ', 1], [1, 'GT', 5]), rule('mkdir', 'ERRNO', [0, 'EQ', 2])], [0, 0], 'undefined'],
    ['a call without arguments given depends on them', [rule('mkdir', 'ERRNO', [0, 'EQ', 1])], [], 'depends on arguments'],
    ['an argument that excludes a rule settles the rest', [rule('mkdir', 'ERRNO', [0, 'EQ', 1], [1, 'EQ', 2])], [0], 'ALLOW'],
  ])('%s', (_, syscalls, args, expected) => {
    expect(answers(profile('ALLOW', syscalls), { syscall: syscalls[0].names[0], args })).toStrictEqual([expected]);
  });

  test.each([
    ['EQ', 5, [4, 5, 6], 'ALLOW ERRNO ALLOW'], ['NE', 5, [4, 5, 6], 'ERRNO ALLOW ERRNO'],
    ['LT', 5, [4, 5, 6], 'ERRNO ALLOW ALLOW'], ['LE', 5, [4, 5, 6], 'ERRNO ERRNO ALLOW'],
    ['GT', 5, [4, 5, 6], 'ALLOW ALLOW ERRNO'], ['GE', 5, [4, 5, 6], 'ALLOW ERRNO ERRNO'],
    ['MASKED_EQ', 4, [3, 4, 5], 'ALLOW ERRNO ERRNO'],
  ])('%s %i', (op, value, values, expected) => {
    const one = profile('ALLOW', [rule('mkdir', 'ERRNO', [0, op, value, value])]);
    expect(answers(one, ...values.map(arg => ({ syscall: 'mkdir', args: [arg] }))).join(' ').replace(/ 1/g, '')).toBe(expected);
  });

  test('compares only the low word on a 32-bit ABI', () => {
    const wide = profile('ALLOW', [rule('mkdir', 'ERRNO', [0, 'EQ', 2 ** 32 + 1])]);
    expect(answers(wide, { syscall: 'mkdir', args: [1] }, { syscall: 'mkdir', args: [1], architecture: SeccompArchitecture.X86 })).toStrictEqual(['ALLOW', 'ERRNO 1']);
  });

  test('covers the multiplexed way to a call as well', () => {
    const denied = profile('ALLOW', [rule('bind', 'ERRNO')]);
    const architecture = SeccompArchitecture.X86;
    expect(answers(denied, { syscall: 'bind', architecture }, { syscall: 'socketcall', args: [2], architecture }, { syscall: 'socketcall', args: [1], architecture }))
      .toStrictEqual(['ERRNO 1', 'ERRNO 1', 'ALLOW']);
  });
});

describe('errno', () => {
  test.each([
    ['is EPERM where none is given', {}, 'ERRNO 1'],
    ['can be 0, and the call seems to succeed', { errnoRet: 0 }, 'ERRNO 0'],
    ['is taken from the rule', { errnoRet: 38 }, 'ERRNO 38'],
    ['has 16 bits', { errnoRet: 65536 + 38 }, 'ERRNO 38'],
    ['is refused from 4095 on', { errnoRet: 4095 }, 'refused'],
  ])('%s', (_, more, expected) => {
    expect(answers(profile('ALLOW', [{ ...rule('mkdir', 'ERRNO'), ...more }]), { syscall: 'mkdir' })).toStrictEqual([expected]);
  });

  test('tells a rule from the default action', () => {
    const other = profile('ERRNO', [{ ...rule('clone3', 'ERRNO'), errnoRet: 38 }, rule('mkdir', 'ERRNO')], { defaultErrnoRet: 13 });
    expect(answers(other, { syscall: 'clone3' }, { syscall: 'mkdir' }, { syscall: 'rmdir' })).toStrictEqual(['ERRNO 38', 'ERRNO 1', 'ERRNO 13']);
  });
});

describe('runc\'s ENOSYS stub', () => {
  const allowlist = (names: string, more?: object) => profile('ERRNO', [rule(names, 'ALLOW')], more);
  const clone3 = (of: SeccompProfile, runtime: ContainerRuntime, more: object = {}) => answers(of, { syscall: 'clone3', runtime, ...more })[0];

  test('answers above the largest number that the profile names', () => {
    expect(clone3(allowlist('read statx'), RUNC)).toBe('ERRNO 38');
  });

  test('does not answer below it: naming a newer call breaks threads', () => {
    expect(clone3(allowlist('read statx faccessat2'), RUNC)).toBe('ERRNO 1');
  });

  test('does not count a name that libseccomp does not know', () => {
    expect(clone3(allowlist('read statx mseal'), ContainerRuntime.runc('1.1.5', { libseccomp: '2.5.5' }))).toBe('ERRNO 38');
    expect(clone3(allowlist('read statx mseal'), ContainerRuntime.runc('1.1.5', { libseccomp: '2.6.0' }))).toBe('ERRNO 1');
  });

  test.each([
    ['crun', CRUN], ['runc before 1.0.0-rc93', ContainerRuntime.runc('1.0.0-rc92')],
  ])('is not there with %s', (_, runtime) => {
    expect(clone3(allowlist('read statx'), runtime)).toBe('ERRNO 1');
  });

  test.each(['ALLOW', 'LOG', 'TRACE'])('is not there with the default action %s', defaultAction => {
    expect(clone3(profile(defaultAction, [rule('read', 'KILL_PROCESS')]), RUNC)).toBe(brief(profile(defaultAction, []).decide({ number: 0, architecture: SeccompArchitecture.X86_64 })));
  });

  test('covers an ABI that is not listed only from 1.1.15 on, and only the native one', () => {
    const native = allowlist('read statx', { architectures: undefined });
    expect([clone3(native, RUNC), clone3(native, ContainerRuntime.runc('1.1.15'))]).toStrictEqual(['ERRNO 1', 'ERRNO 38']);
  });

  test('says who answers', () => {
    expect(allowlist('read statx').decide({ syscall: 'clone3', architecture: SeccompArchitecture.X86_64, runtime: RUNC })).toMatchObject({
      decidedBy: DecidedBy.ENOSYS_STUB, reason: 'runc answers ENOSYS to every number above the largest one that the profile names, 332 (statx), before the rules',
    });
  });
});

describe('architectures', () => {
  test('kills what uses an ABI that is not listed, even by default ALLOW', () => {
    const narrow = profile('ALLOW', [], { architectures: ['SCMP_ARCH_X86_64'] });
    expect(narrow.decide({ syscall: 'read', architecture: SeccompArchitecture.X86 })).toMatchObject({
      kind: DecisionKind.ACTION,
      decidedBy: DecidedBy.MISSING_ARCHITECTURE,
      reason: 'SCMP_ARCH_X86 is not in architectures: libseccomp kills a program with SIGSYS if the ABI of its call is not in the filter',
    });
  });

  test('always has the node\'s own ABI in the filter', () => {
    const compat = profile('ALLOW', [rule('mkdir', 'ERRNO')], { architectures: ['SCMP_ARCH_X86'] });
    expect(answers(compat, { syscall: 'mkdir' })).toStrictEqual(['ERRNO 1']);
    expect(answers(compat, { syscall: 'mkdir', architecture: SeccompArchitecture.ARM, node: NodeArchitecture.ARM64 })).toStrictEqual(['KILL_THREAD']);
  });

  test('refuses both byte orders in one filter, and says what to do', () => {
    expect(MindieProfile.reference().decide({ syscall: 'mount', architecture: SeccompArchitecture.X86_64 })).toMatchObject({
      kind: DecisionKind.REFUSED,
      path: 'architectures',
      reason: 'libseccomp refuses big- and little-endian architectures in one filter: SCMP_ARCH_X86_64 is little-endian, SCMP_ARCH_MIPS big-endian; '
        + 'forNode returns the document for one kind of node',
    });
  });

  const NOTIFYING = [rule('mount', 'NOTIFY')];

  test.each<[string, ContainerRuntime, object[], string | undefined]>([
    ['a runc that does not know it', ContainerRuntime.runc('1.4.4', { libseccomp: '2.6.0' }), NOTIFYING, 'runc 1.4.4 does not accept'],
    ['a libseccomp that does not know it', ContainerRuntime.runc('1.5.3', { libseccomp: '2.5.5' }), NOTIFYING, 'with libseccomp 2.5.5, it does with 2.6.0 and later'],
    ['no rule for a listener', ContainerRuntime.runc('1.5.3', { libseccomp: '2.6.0' }), [], 'without a listener'],
    ['nothing else', ContainerRuntime.runc('1.5.3', { libseccomp: '2.6.0' }), NOTIFYING, undefined],
  ])('refuses the flag for listeners, or takes it, with %s', (_, runtime, syscalls, expected) => {
    const flagged = profile('ALLOW', syscalls, { flags: ['SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV'], listenerPath: '/run/agent.sock' });
    const { kind, reason } = flagged.decide({ syscall: 'read', architecture: SeccompArchitecture.X86_64, runtime });
    expect(kind).toBe(expected === undefined ? DecisionKind.ACTION : DecisionKind.REFUSED);
    expect(reason).toContain(expected ?? '');
  });

  test('answers for every node of the reference as the guide says', () => {
    for (const node of MindieProfile.reference().nodes) {
      const document = MindieProfile.reference().forNode(node);
      const [architecture] = node.architectures;
      expect([node.label, ...answers(document, { syscall: 'mount', architecture, runtime: ContainerRuntime.DEFAULT }, { syscall: 'clone3', architecture, runtime: ContainerRuntime.DEFAULT })])
        .toStrictEqual([node.label, 'ERRNO 1', 'ALLOW']);
    }
  });
});

test('fails open on a name that the node\'s libseccomp does not know', () => {
  const denylist = profile('ALLOW', [rule('open_tree_attr', 'ERRNO')]);
  expect(answers(denylist, { syscall: 'open_tree_attr', runtime: ContainerRuntime.runc('1.3.6', { libseccomp: '2.6.1' }) }, { syscall: 'open_tree_attr' }))
    .toStrictEqual(['ERRNO 1', 'ALLOW']);
});

test('explains a rule, a default and a condition in plain words', () => {
  const explained = profile('ALLOW', [rule('mount', 'ERRNO'), rule('clone', 'ERRNO', [0, 'MASKED_EQ', 0x10000000, 0x10000000])]);
  const reason = (query: Partial<SyscallQuery>) => explained.decide({ architecture: SeccompArchitecture.X86_64, ...query }).reason;
  expect([reason({ syscall: 'mount' }), reason({ syscall: 'read' }), reason({ syscall: 'clone', args: [0x10000011] }), reason({ syscall: 'clone', args: [17] }), reason({ number: 9999 })])
    .toStrictEqual([
      'syscalls[0].names[0] names mount without conditions',
      'no rule names read: the default action answers',
      'syscalls[1].names[0] names clone, and its conditions are met: arg0 & 0x10000000 == 0x10000000',
      'no rule for clone has its conditions met: the default action answers',
      'no rule names number 9999: the default action answers',
    ]);
});

test('lists the answers that arguments choose from', () => {
  const { alternatives } = profile('ALLOW', [rule('clone', 'ERRNO', [0, 'MASKED_EQ', 0x10000000, 0x10000000])]).decide({ syscall: 'clone', architecture: SeccompArchitecture.X86_64 });
  expect(alternatives!.map(({ when, action, errno, path }) => [when, action.value, errno, path])).toStrictEqual([
    ['arg0 & 0x10000000 == 0x10000000', 'SCMP_ACT_ERRNO', 1, 'syscalls[0].names[0]'],
    ['otherwise', 'SCMP_ACT_ALLOW', undefined, undefined],
  ]);
});

describe('fails on a query', () => {
  const ask = (query: object) => () => profile('ALLOW', []).decide({ architecture: SeccompArchitecture.X86_64, ...query });
  test.each([
    ['without a call', {}, 'query has neither syscall nor number, expected one of them'],
    ['with two calls', { syscall: 'read', number: 0 }, 'query has both syscall and number, expected one of them'],
    ['for a misspelt name', { syscall: 'clnoe3' }, '"clnoe3" is not a system call that libseccomp knows, expected a name such as "clone3"'],
    ['for a call of another ABI', { syscall: 'stime' }, 'stime has no number on SCMP_ARCH_X86_64, expected a system call of that ABI'],
    ['for a negative number', { number: -1 }, 'number -1 is not a system call number, expected an unsigned 32-bit integer'],
    ['with a rounded argument', { syscall: 'read', args: [2 ** 53] }, 'args[0] is 9007199254740992, expected an unsigned 64-bit integer, as text such as "0x10000000" above 2^53'],
    ['with a word for an argument', { syscall: 'read', args: [0, 'all'] }, 'args[1] is "all", expected an unsigned 64-bit integer, as text such as "0x10000000" above 2^53'],
    ['with seven arguments', { syscall: 'read', args: [0, 0, 0, 0, 0, 0, 0] }, 'args has 7 values, expected at most 6'],
  ])('%s', (_, query, message) => expect(ask(query)).toThrow(new Error(message)));
});
