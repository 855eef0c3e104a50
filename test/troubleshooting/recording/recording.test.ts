import { SeccompArchitecture, LintFinding, LintSeverity, NodeArchitecture, ProfileLinter, SeccompProfile } from '../../../src';
import { numberOf } from '../../../src/syscalls/numbers';
import { AuditTally } from '../../../src/troubleshooting/audit/tally';
import { allowlistOf } from '../../../src/troubleshooting/recording/allowlist';
import { RecordedCall, recordingOf } from '../../../src/troubleshooting/recording/calls';
import { compareWith } from '../../../src/troubleshooting/recording/comparison';
import { reportOn } from '../../../src/troubleshooting/recording/report';

const LOG = '0x7ffc0000';
const ERRNO = '0x50000';
const [X86_64, X86, AARCH64, ARM] = ['c000003e', '40000003', 'c00000b7', '40000028'];

function line(syscall: number, { arch = X86_64, code = LOG, comm = 'app', exe = '/bin/app' } = {}): string {
  return `audit: type=1326 audit(1795457898.981:5): auid=0 uid=0 gid=0 ses=0 pid=1 comm="${comm}" exe="${exe}" sig=0 arch=${arch} syscall=${syscall} `
    + `compat=0 ip=0x7f code=${code}`;
}

function tallyOf(...lines: readonly string[]): AuditTally {
  const tally = new AuditTally();
  lines.forEach(each => tally.add(each));
  return tally;
}

function call(name: string, architecture = SeccompArchitecture.X86_64): RecordedCall {
  return { architecture, number: numberOf(architecture.value, name)!, name, count: 1, programs: ['/bin/app'] };
}

const told = (calls: readonly RecordedCall[]) => calls.map(({ architecture, name, number, count, programs }) => [`${architecture}`, name ?? number, count, ...programs]);
const namesOf = (profile: SeccompProfile): string[] => JSON.parse(profile.toJson()).syscalls[0].names;

describe('a recording', () => {
  test('has each call once per ABI, with all its programs', () => {
    const { calls } = recordingOf(tallyOf(line(1), line(0), line(1, { exe: '/bin/b' }), line(4, { arch: X86 }), line(64, { arch: AARCH64 }), line(0x40000001)).counts);
    expect(told(calls)).toStrictEqual([
      ['SCMP_ARCH_AARCH64', 'write', 1, '/bin/app'],
      ['SCMP_ARCH_X32', 'write', 1, '/bin/app'],
      ['SCMP_ARCH_X86', 'write', 1, '/bin/app'],
      ['SCMP_ARCH_X86_64', 'read', 1, '/bin/app'],
      ['SCMP_ARCH_X86_64', 'write', 2, '/bin/app', '/bin/b'],
    ]);
  });

  test('keeps denied calls apart: nobody knows what the program would have called next', () => {
    const { calls, denied } = recordingOf(tallyOf(line(0), line(435, { code: ERRNO }), line(101, { code: '0x80000000' })).counts);
    expect([told(calls), told(denied)].map(each => each.map(([, name]) => name))).toStrictEqual([['read'], ['clone3', 'ptrace']]);
  });

  test('keeps numbers without a name, and counts what is no call', () => {
    const { calls, unreadable } = recordingOf(tallyOf(line(999), line(-1), line(1, { arch: 'ffff' }), line(1, { arch: 'ffff' })).counts);
    expect({ calls: told(calls), unreadable }).toStrictEqual({ calls: [['SCMP_ARCH_X86_64', 999, 1, '/bin/app']], unreadable: 3 });
  });

  test('takes threads of given names only', () => {
    const { counts } = tallyOf(line(0), line(1, { comm: 'other' }), line(2, { comm: 'third' }));
    expect(told(recordingOf(counts, ['app', 'third']).calls).map(([, name]) => name)).toStrictEqual(['open', 'read']);
  });
});

describe('an allowlist', () => {
  test.each<[what: string, seen: SeccompArchitecture[], architectures: string[]]>([
    ['those seen, native ones first', [SeccompArchitecture.X86, SeccompArchitecture.AARCH64, SeccompArchitecture.X86_64], ['X86_64', 'AARCH64', 'X86']],
    ['the native one of the node, under which its runtime starts', [SeccompArchitecture.X86], ['X86_64', 'X86']],
    ['the native ones of all nodes on which it can have run', [SeccompArchitecture.ARM], ['AARCH64', 'ARM']],
    ['of a node of its own', [SeccompArchitecture.RISCV64], ['RISCV64']],
  ])('names %s', (_, seen, architectures) => {
    const { profile } = allowlistOf(seen.map(each => call('read', each)));
    expect(profile.architectures!.map(({ value }) => value.replace('SCMP_ARCH_', ''))).toStrictEqual(architectures);
  });

  test.each([
    [true, ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM']],
    [false, ['SCMP_ARCH_ARM']],
  ])('names the native one of the kernel that says compat %s', (isCompat, architectures) => {
    const { profile } = allowlistOf([{ ...call('read', SeccompArchitecture.ARM), isCompat }]);
    expect(profile.architectures!.map(String)).toStrictEqual(architectures);
  });

  test('does not tell apart what is recorded and added twice', () => {
    const { forRuntimes, forThreads, profile } = allowlistOf(['execve', 'clone', 'mkdir'].map(name => call(name)));
    expect({ execve: forRuntimes.includes('execve'), capset: forRuntimes.includes('capset'), forThreads }).toStrictEqual({ execve: false, capset: true, forThreads: [] });
    expect(namesOf(profile)).toStrictEqual([...forRuntimes, 'execve', 'clone', 'mkdir'].sort());
  });

  test('takes clone3 only as recorded, and lets C libraries fall back from it otherwise', () => {
    const answer = (name: string, ...calls: string[]) => {
      const { profile } = allowlistOf(calls.map(each => call(each)));
      const { action, errno } = profile.decide({ architecture: SeccompArchitecture.X86_64, syscall: name });
      return [action!.value, errno];
    };
    expect(answer('clone3', 'read')).toStrictEqual(['SCMP_ACT_ERRNO', 38]);
    expect(answer('clone3', 'clone3')).toStrictEqual(['SCMP_ACT_ALLOW', undefined]);
    expect(answer('clone', 'clone3')).toStrictEqual(['SCMP_ACT_ALLOW', undefined]);
  });

  test.each(NodeArchitecture.all().map(node => [node.label, node] as const))('passes lint on %s nodes', (_, node) => {
    const [native] = node.architectures;
    const { profile } = allowlistOf(['read', 'write', 'exit_group'].map(name => call(name, native)));
    const linter = new ProfileLinter({ targets: { nodes: [node] } });
    const isError = ({ severity }: LintFinding) => severity === LintSeverity.ERROR;
    const errorsOf = (judged: SeccompProfile) => linter.lint(judged).filter(isError).map(({ rule }) => rule);
    expect(errorsOf(profile)).toStrictEqual([]);
    expect(errorsOf(profile.withoutSyscalls(['clone']))).toContain('threads-cannot-start');
  });
});

describe('a comparison', () => {
  const denylist = SeccompProfile.fromJson({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [
      { names: ['mount', 'bpf'], action: 'SCMP_ACT_ERRNO' },
      { names: ['ptrace'], action: 'SCMP_ACT_KILL_PROCESS' },
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
      { names: ['socket'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value: 40, op: 'SCMP_CMP_EQ' }] },
      { names: ['swapon'], action: 'SCMP_ACT_LOG' },
    ],
  });
  const compare = (...calls: RecordedCall[]) => {
    const { denied, unsure, ...rest } = compareWith(denylist, calls);
    return { denied: denied.map(each => each.call.name), unsure: unsure.map(each => each.call.name), ...rest };
  };

  test('tells which denials were called, which may have been, and which never', () => {
    expect(compare(...['bpf', 'ptrace', 'read', 'socket', 'clone3', 'swapon'].map(name => call(name)))).toStrictEqual({
      denied: ['bpf', 'ptrace'], unsure: ['socket'], fallsBack: true, unseenDenials: ['mount'], deniesAll: false,
    });
  });

  test('tells a recording under logging of the profile from that of an ABI that it kills', () => {
    expect(compare(call('bpf'), call('mount')).deniesAll).toBe(true);
    expect(compare(call('read', SeccompArchitecture.X86))).toMatchObject({ denied: ['read'], deniesAll: false });
    expect(compare().deniesAll).toBe(false);
  });

  test('judges 32-bit ARM for the kernel that recorded it, and for all where none is named', () => {
    const answersTo = (isCompat?: boolean) => {
      const { denied, deniesAll } = compareWith(denylist.withArchitectures([SeccompArchitecture.AARCH64]), [{ ...call('read', SeccompArchitecture.ARM), isCompat }]);
      return { denied: denied.map(({ decision, nodes }) => `${decision.action} ${nodes}`), deniesAll };
    };
    expect(answersTo(true)).toStrictEqual({ denied: ['SCMP_ACT_KILL_THREAD undefined'], deniesAll: false });
    expect(answersTo(false)).toStrictEqual({ denied: [], deniesAll: false });
    expect(answersTo()).toStrictEqual({ denied: ['SCMP_ACT_KILL_THREAD arm64'], deniesAll: false });
  });

  test('reads from a record which kernel made it', () => {
    const compatOf = (text: string) => recordingOf(tallyOf(text).counts).calls.map(({ isCompat }) => isCompat);
    expect([line(45, { arch: ARM }), line(45, { arch: ARM }).replace('compat=0', 'compat=1'), line(45, { arch: ARM }).replace(' compat=0', '')].flatMap(compatOf))
      .toStrictEqual([false, true, undefined]);
  });

  test('judges each call for its own node, although no node loads a list of both byte orders', () => {
    const profile = denylist.withArchitectures([SeccompArchitecture.X86_64, SeccompArchitecture.S390X]);
    expect(compareWith(profile, [call('read'), call('mount', SeccompArchitecture.S390X)]).denied.map(each => each.call.name)).toStrictEqual(['mount']);
  });
});

test('names a program without a path by the name of the thread', () => {
  const bare = 'audit: type=1326 audit(1.1:1): pid=1 comm="app" sig=0 arch=c000003e syscall=0 compat=0 ip=0x7f code=0x7ffc0000';
  expect(told(recordingOf(tallyOf(bare).counts).calls)).toStrictEqual([['SCMP_ARCH_X86_64', 'read', 1, 'app']]);
});

test('reports nothing without a call', () => {
  expect(reportOn(tallyOf('no record', line(1, { code: ERRNO })))).toBeUndefined();
  expect(reportOn(tallyOf(line(1, { arch: ARM })))?.calls).toHaveLength(1);
});
