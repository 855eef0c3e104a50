import { App, Chart } from 'cdk8s';
import { SeccompAction, SeccompArchitecture, LintOptions, LintSeverity, MindieProfile, NodeArchitecture, SeccompProfile, SeccompProfileDaemonSet } from '../../src';
import { lintDistributed } from '../../src/distribution/profile-lint';

/** Threads need clone3, and it is denied with EPERM. */
const WITHOUT_THREADS = SeccompProfile.denylist({ denied: ['clone3'], architectures: [SeccompArchitecture.X86_64, SeccompArchitecture.X86, SeccompArchitecture.AARCH64, SeccompArchitecture.ARM] });
const SOUND = SeccompProfile.denylist({ denied: ['reboot'] });

let written: jest.SpyInstance;

beforeEach(() => {
  written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => written.mockRestore());

const warnings = () => written.mock.calls.map(([text]) => String(text)).filter(text => text.startsWith('warning: '));

function synth(profile: SeccompProfile, options: LintOptions = {}, charts = 1): void {
  const app = new App();
  const chart = new Chart(app, 'seccomp-profiles');
  for (let more = 1; more < charts; more++) new Chart(app, `chart-${more}`);
  new SeccompProfileDaemonSet(chart, 'Profile', { profiles: [{ path: 'profiles/app.json', profile }], lint: options });
  app.synth();
}

test('fails the synth when threads cannot start under a profile', () => {
  expect(() => synth(WITHOUT_THREADS)).toThrow(`Validation failed with the following errors:
  [seccomp-profiles/Profile] profiles/app.json (amd64): threads cannot start under glibc 2.34 and later on X86_64 and X86 (runc 1.1.5, 1.1.15 and 1.3.6, `
    + 'crun 1.8.1 and 1.21): clone3 gets EPERM (1), and glibc falls back to clone only on ENOSYS (38) (threads-cannot-start): answer clone3 with '
    + 'ENOSYS (38): { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }, and allow clone');
});

test('says of each kind of node what holds there', () => {
  const message = (() => {
    try {
      synth(WITHOUT_THREADS);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  })();
  expect([...message.matchAll(/app\.json(.*?): threads cannot start (.*?) \(runc/g)].map(([, nodes, where]) => `${nodes.trim()} ${where}`)).toStrictEqual([
    '(amd64) under glibc 2.34 and later on X86_64 and X86',
    '(arm64) under glibc 2.38 and later on AARCH64, under glibc 2.39 and later on ARM',
    '(arm) under glibc 2.39 and later on ARM',
  ]);
});

test('fails over an error on one kind of node, though it is a warning on another that comes first', () => {
  const targets = { nodes: [NodeArchitecture.AMD64, NodeArchitecture.ARM64] };
  const profile = SeccompProfile.denylist({ denied: ['reboot'] });
  const severityOn = (node: NodeArchitecture) => node === NodeArchitecture.AMD64 ? SOUND : SOUND.withArchitectures([SeccompArchitecture.S390X]);
  const { errors } = lintDistributed([['app.json', profile]], { targets }, (_, node) => severityOn(node));
  expect(errors).toStrictEqual([expect.stringMatching(/^app\.json \(arm64\): .*no-architecture-for-node/)]);
});

test('names the nodes when not all of them are concerned', () => {
  const only64bit = SOUND.withArchitectures([SeccompArchitecture.X86_64, SeccompArchitecture.AARCH64, SeccompArchitecture.ARM]);
  expect(() => synth(only64bit, { severities: { 'missing-compat-abi': LintSeverity.ERROR } }))
    .toThrow('profiles/app.json (amd64): SCMP_ARCH_X86 is not in the list: programs of X86 on amd64 nodes are killed');
});

test('does not fail over an error on nodes that are not there', () => {
  const options = { targets: { nodes: [NodeArchitecture.ARM64], libcs: [] } };
  expect(() => synth(WITHOUT_THREADS, options)).not.toThrow();
});

test('writes warnings once per synth, not per chart', () => {
  synth(MindieProfile.reference(), {}, 3);
  expect(warnings().length).toBeGreaterThan(2);
  expect(new Set(warnings()).size).toBe(warnings().length);
  expect(warnings()).toContain('warning: [seccomp-profiles/Profile] profiles/app.json: unshare and setns are denied, but clone and clone3 can still create user '
    + 'namespaces (namespaces-through-clone)\n');
});

test('says nothing about a sound profile', () => {
  synth(SOUND);
  expect(warnings()).toStrictEqual([]);
});

test('leaves a rule out that is suppressed with a reason, and fails over one that is raised', () => {
  const suppressions = [{ rule: 'threads-cannot-start', reason: 'single-threaded' }];
  expect(() => synth(WITHOUT_THREADS, { suppressions })).not.toThrow();
  expect(() => synth(MindieProfile.reference(), { severities: { 'denylist-gap': LintSeverity.ERROR } })).toThrow(/ptrace is denied, but process_vm_readv/);
});

test('judges a profile that is added after the first look', () => {
  const app = new App();
  const daemonSet = new SeccompProfileDaemonSet(new Chart(app, 'chart'), 'Profile', { profiles: [{ path: 'a.json', profile: SOUND }] });
  app.synth();
  daemonSet.addProfile('b.json', WITHOUT_THREADS);
  expect(() => app.synth()).toThrow(/b\.json \(amd64\): threads cannot start/);
});

test.each([
  ['reference', MindieProfile.reference()],
  ['hardened', MindieProfile.hardened()],
  ['debugging', MindieProfile.debugging()],
])('finds no error in the %s profile on any node', (_, profile) => {
  expect(() => synth(profile)).not.toThrow();
});

test('fails when nothing but an action is wrong', () => {
  const killing = SeccompProfile.fromJson({ defaultAction: SeccompAction.KILL.value, syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }] });
  expect(() => synth(killing)).toThrow(/SCMP_ACT_KILL kills only the thread/);
});
