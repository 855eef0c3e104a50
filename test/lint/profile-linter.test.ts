import { FIXTURES } from './fixtures';
import { Libc, LintOptions, LintSeverity, LintTargets, MindieProfile, NodeArchitecture, ProfileLinter, ContainerRuntime, SeccompProfile } from '../../src';
import { RULES } from '../../src/lint/rules';

const NEW_RUNC = ContainerRuntime.runc('1.3.6', { libseccomp: '2.6.0' });
const CRUN = ContainerRuntime.crun('1.21', { libseccomp: '2.6.0' });

const textOf = (name: string) => FIXTURES.find(fixture => fixture.name === name)!.text;
const idsIn = (text: string, options?: LintOptions) => new ProfileLinter(options).lintText(text).map(({ rule }) => rule);

describe('targets', () => {
  test.each<[what: string, fixture: string, targets: LintTargets, rule: string, found: boolean]>([
    ['RISCV64 for a runc that knows it', 'architecture-unknown-to-runtime/fires', { runtimes: [NEW_RUNC] }, 'architecture-unknown-to-runtime', false],
    ['RISCV64 for crun', 'architecture-unknown-to-runtime/fires', { runtimes: [CRUN] }, 'architecture-unknown-to-runtime', false],
    ['a flag for a runc that takes it', 'flag-unsupported-by-runtime/fires', { runtimes: [NEW_RUNC] }, 'flag-unsupported-by-runtime', false],
    ['a flag for two of which one does not', 'flag-unsupported-by-runtime/fires', { runtimes: [NEW_RUNC, ContainerRuntime.runc('1.1.15')] }, 'flag-unsupported-by-runtime', true],
    ['an errno beside ALLOW for runc', 'errno-without-errno-action/fires', { runtimes: [NEW_RUNC] }, 'errno-without-errno-action', false],
    ['runc\'s stub for runc', 'clone3-relies-on-runc-stub/fires', { runtimes: [NEW_RUNC] }, 'clone3-relies-on-runc-stub', true],
    ['runc\'s stub for crun', 'clone3-relies-on-runc-stub/fires', { runtimes: [CRUN] }, 'clone3-relies-on-runc-stub', false],
    ['runc\'s stub for crun', 'clone3-relies-on-runc-stub/fires', { runtimes: [CRUN] }, 'threads-cannot-start', true],
    ['runc\'s stub for runc and crun', 'clone3-relies-on-runc-stub/fires', { runtimes: [NEW_RUNC, CRUN] }, 'threads-cannot-start', true],
    ['runc\'s stub for runtimes that nobody named', 'clone3-relies-on-runc-stub/fires', {}, 'threads-cannot-start', false],
    ['EPERM for musl', 'threads-cannot-start/fires', { libcs: [Libc.musl()] }, 'threads-cannot-start', false],
    ['EPERM for glibc 2.33', 'threads-cannot-start/fires', { libcs: [Libc.glibc('2.33')] }, 'threads-cannot-start', false],
    ['EPERM for glibc 2.34', 'threads-cannot-start/fires', { libcs: [Libc.glibc('2.34')] }, 'threads-cannot-start', true],
    ['EPERM for glibc 2.34 on arm64', 'threads-cannot-start/fires', { libcs: [Libc.glibc('2.34')], nodes: [NodeArchitecture.ARM64] }, 'threads-cannot-start', false],
    ['a list for another node', 'missing-compat-abi/silent', { nodes: [NodeArchitecture.ARM64] }, 'no-architecture-for-node', true],
    ['a list of one node', 'missing-compat-abi/silent', { nodes: [NodeArchitecture.AMD64] }, 'no-architecture-for-node', false],
    ['an allowed clone3 that a kernel has', 'threads-cannot-start/silent-allowed', { kernel: '5.3', libcs: [Libc.glibc('2.39')] }, 'threads-cannot-start', false],
    ['a name that libseccomp knows', 'syscall-unknown-to-runtime/fires', { runtimes: [ContainerRuntime.runc('1.4.1', { libseccomp: '2.6.1' })] }, 'syscall-unknown-to-runtime', false],
  ])('judges %s: %s', (_, fixture, targets, rule, found) => {
    expect(idsIn(textOf(fixture), { targets }).includes(rule)).toBe(found);
  });

  test('makes an error of what is a warning when nobody names crun', () => {
    const severities = (targets?: LintTargets) => new ProfileLinter({ targets }).lintText(textOf('clone3-relies-on-runc-stub/fires'))
      .filter(({ rule }) => ['clone3-relies-on-runc-stub', 'threads-cannot-start'].includes(rule)).map(({ rule, severity }) => `${severity} ${rule}`);
    expect(severities()).toStrictEqual(['warning clone3-relies-on-runc-stub']);
    expect(severities({ runtimes: [CRUN] })).toStrictEqual(['error threads-cannot-start']);
  });
});

describe('options', () => {
  const text = textOf('missing-compat-abi/fires');
  const ids = RULES.map(({ id }) => id).join(', ');

  test('takes other severities', () => {
    const findings = new ProfileLinter({ severities: { 'missing-compat-abi': LintSeverity.ERROR, 'denials-not-logged': LintSeverity.OFF } }).lintText(text);
    expect(findings.map(({ rule, severity }) => [rule, severity])).toStrictEqual([['missing-compat-abi', 'error']]);
  });

  test('does not ask a suppressed rule', () => {
    const suppressions = [{ rule: 'missing-compat-abi', reason: 'no image has 32-bit programs' }];
    expect(idsIn(text)).toStrictEqual(['denials-not-logged', 'missing-compat-abi']);
    expect(idsIn(text, { suppressions })).toStrictEqual(['denials-not-logged']);
  });

  test('does not fix what a suppressed rule finds', () => {
    const suppressions = [{ rule: 'kill-thread-default', reason: 'a single thread' }];
    const profile = textOf('kill-thread-default/fires');
    expect(new ProfileLinter({ suppressions }).fix(profile)).toBe(profile);
  });

  test.each<[what: string, options: LintOptions, message: string]>([
    ['a suppression without a reason', { suppressions: [{ rule: 'errno-zero', reason: '' }] }, 'suppression of errno-zero has no reason, expected one that says why the rule does not matter here'],
    ['a suppression with an empty reason', { suppressions: [{ rule: 'errno-zero', reason: ' \n' }] }, 'suppression of errno-zero has no reason, expected one that says why the rule does not matter here'],
    ['a suppression of no rule', { suppressions: [{ rule: 'errno-zer', reason: 'old' }] }, `"errno-zer" is not a rule, expected one of ${ids}`],
    ['a severity of no rule', { severities: { clone3: LintSeverity.OFF } }, `"clone3" is not a rule, expected one of ${ids}`],
  ])('fails with %s', (_, options, message) => {
    expect(() => new ProfileLinter(options)).toThrow(new Error(message));
  });
});

describe('lintText', () => {
  test('says where it is, in lines, columns and characters', () => {
    const text = [
      '{ "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64",',
      '\t"SCMP_ARCH_X86"], "note": "ü", "syscalls": [{"names":["mount",  "unmount"],"action":"SCMP_ACT_ERRNO",',
      '  "errnoRet":4095}, {"names":["reboot"],"action":"SCMP_ACT_KILL_PROCESS"}] }',
    ].join('\n');
    const places = new ProfileLinter().lintText(text).filter(({ path }) => path !== '')
      .map(({ rule, path, line, column, length }) => [rule, path, line, column, length]);
    expect(places).toStrictEqual([
      ['field-without-effect', 'note', 2, 28, 3],
      ['invalid-errno', 'syscalls[0].errnoRet', 3, 14, 4],
      ['denylist-gap', 'syscalls[0].names[0]', 2, 56, 7],
      ['unknown-syscall', 'syscalls[0].names[1]', 2, 66, 9],
    ]);
  });

  test('points at the beginning for the document as a whole', () => {
    const [finding] = new ProfileLinter().lintText(textOf('denials-not-logged/fires'));
    expect([finding.rule, finding.path, finding.line, finding.column]).toStrictEqual(['denials-not-logged', '', 1, 1]);
  });

  test('has no more fields than a finding', () => {
    const [finding] = new ProfileLinter().lintText(textOf('denials-not-logged/fires'));
    expect(Object.keys(finding).sort()).toStrictEqual(['column', 'fix', 'fixable', 'length', 'line', 'message', 'path', 'rule', 'severity', 'why']);
  });

  test('ends where the line ends', () => {
    for (const { text } of FIXTURES) {
      const lines = text.split('\n');
      const beyond = new ProfileLinter().lintText(text).filter(({ line, column, length }) => column! + length! - 1 > lines[line! - 1].length);
      expect(beyond).toStrictEqual([]);
    }
  });

  test('follows the order of the specification, and indexes by their value', () => {
    const rules = Array.from({ length: 11 }, (_, index) => `{ "names": ["call${index}"], "action": "SCMP_ACT_ERRNO" }`);
    const text = `{ "syscalls": [${rules.join()}], "flags": ["NO_FLAG"], "architectures": ["SCMP_ARCH_X86_64"], "defaultErrnoRet": 1, "defaultAction": "SCMP_ACT_KILL" }`;
    expect(new ProfileLinter().lintText(text).map(({ path }) => path).filter((path, at, all) => all[at - 1] !== path)).toStrictEqual([
      '', 'defaultAction', 'defaultErrnoRet', 'architectures', 'flags[0]', ...rules.map((_, index) => `syscalls[${index}].names[0]`),
    ]);
  });

  test.each([
    ['nothing', '', '1:1: not JSON: value expected'],
    ['half a document', '{ "defaultAction":\n }', '2:2: not JSON: value expected'],
    ['YAML', 'defaultAction: SCMP_ACT_ALLOW', '1:1: not JSON: invalid symbol'],
    ['a comment', '{ "defaultAction": "SCMP_ACT_ALLOW" // all\n}', '1:37: not JSON: invalid comment token'],
    ['a field that is there twice', '{ "flags": [],\n  "flags": [] }', '2:3: flags: appears twice, expected once: a runtime would use only the last'],
  ])('fails with %s', (_, text, message) => {
    expect(() => new ProfileLinter().lintText(text)).toThrow(new Error(message));
    expect(() => new ProfileLinter().fix(text)).toThrow(new Error(message));
  });
});

describe('lint', () => {
  test('finds in a profile what it finds in its text', () => {
    for (const each of [MindieProfile.reference(), MindieProfile.hardened(), MindieProfile.debugging()]) {
      // The text can say one index of an argument only.
      const profile = SeccompProfile.fromJson(each.toJson());
      const inText = new ProfileLinter().lintText(profile.toJson()).map(({ line, column, length, ...finding }) => finding);
      expect(inText).toMatchObject(new ProfileLinter().lint(profile));
    }
  });

  test('says the same twice, and changes nothing', () => {
    const linter = new ProfileLinter();
    for (const { name, text } of FIXTURES) {
      expect([name, linter.lintText(text)]).toStrictEqual([name, linter.lintText(text)]);
    }
    const profile = MindieProfile.hardened();
    const [before, first] = [profile.toJson(), linter.lint(profile)];
    expect(linter.lint(profile)).toStrictEqual(first);
    expect(profile.toJson()).toBe(before);
  });

  test.each<[name: string, profile: SeccompProfile, found: string[]]>([
    ['reference', MindieProfile.reference(), [
      'info denials-not-logged', 'error mixed-endian-architectures', 'error architecture-unknown-to-runtime', 'info debuggers-blocked',
      'warning denylist-gap', 'warning namespaces-through-clone', 'warning denylist-gap', 'warning denylist-gap',
    ]],
    // process_vm_readv and process_vm_writev stay allowed for the NPU stack.
    ['hardened for arm64', MindieProfile.hardened().forNode(NodeArchitecture.ARM64), [
      'info denials-not-logged', 'info debuggers-blocked', 'warning denylist-gap', 'warning syscall-unknown-to-runtime',
    ]],
    ['debugging for arm64', MindieProfile.debugging().forNode(NodeArchitecture.ARM64), ['info denials-not-logged', 'warning syscall-unknown-to-runtime']],
  ])('finds in MindIE\'s %s profile what its guide says', (_, profile, found) => {
    expect(new ProfileLinter().lint(profile).map(({ rule, severity }) => `${severity} ${rule}`)).toStrictEqual(found);
  });
});
