import { DebianRelease, DEBIANS, NEWER_RUNCS, ociRuntimes } from './runtimes/debian';
import { OciRuntime } from './runtimes/oci-runtime';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';
import { Diagnosis } from '../../src/troubleshooting/diagnosis/diagnosis';

const ALLOW = 'SCMP_ACT_ALLOW';
const ERRNO = 'SCMP_ACT_ERRNO';
const denying = (name: string, rest: object = {}) => ({ defaultAction: ALLOW, syscalls: [{ names: [name], action: ERRNO, ...rest }] });
const given = (index: number, op: string) => ({ args: [{ index, value: 1, op }] });
const EQUAL = given(0, 'SCMP_CMP_EQ');

/** What is wrong with a profile, or with what it denies, and the symptom that a runtime shows then. */
const PROFILES: readonly (readonly [symptom: string, profile: object])[] = [
  ['architectures-mixed-endian', { defaultAction: ALLOW, architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_S390X'] }],
  ['architecture-unknown', { defaultAction: ALLOW, architectures: ['SCMP_ARCH_AMD64'] }],
  ['action-unknown', { defaultAction: 'SCMP_ACT_NOPE' }],
  ['operator-unknown', denying('mount', given(0, 'SCMP_CMP_EQUAL'))],
  ['argument-index-invalid', denying('mount', given(6, 'SCMP_CMP_EQ'))],
  ['errno-out-of-range', denying('mount', { errnoRet: 4095 })],
  ['rules-conflict', { defaultAction: ALLOW, syscalls: [{ names: ['mount'], action: ERRNO, ...EQUAL }, { names: ['mount'], action: 'SCMP_ACT_TRAP', ...EQUAL }] }],
  ['agent-unreachable', { defaultAction: ALLOW, listenerPath: '/nowhere.sock', syscalls: [{ names: ['mount'], action: 'SCMP_ACT_NOTIFY' }] }],
  ['flags-unsupported', { defaultAction: ALLOW, flags: ['SECCOMP_FILTER_FLAG_NOPE'] }],
  ['container-start-denied', denying('execve')],
];

/** crun crashes, and prints nothing. */
const OF_RUNC: typeof PROFILES = [['notify-unusable', { defaultAction: 'SCMP_ACT_NOTIFY' }]];

const FOR_LISTENERS = { defaultAction: ALLOW, flags: ['SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV'] };

/** What one runtime alone prints: the first knows more than its libseccomp, the second hands on what the kernel refuses. */
const OF_ONE: Readonly<Record<string, typeof PROFILES>> = {
  'runc-1.5.3-machine': [
    ['architecture-unknown', { defaultAction: ALLOW, architectures: ['SCMP_ARCH_LOONGARCH64'] }],
    ['flags-unsupported', FOR_LISTENERS],
  ],
  'runc-1.5.3-trixie': [['filter-not-loaded', FOR_LISTENERS]],
};

test('has profiles for runtimes that are there', () => {
  expect(Object.keys(OF_ONE).filter(name => !NEWER_RUNCS.includes(name))).toStrictEqual([]);
});

describe.each([...DEBIANS, ...NEWER_RUNCS])('%s', debian => {
  let node: TestNode;
  let release: DebianRelease;
  let rootfs: string;

  beforeAll(async () => {
    release = await DebianRelease.of(debian);
    node = await TestNode.start(release);
    rootfs = await makeRootfs(node);
  }, 6 * 60_000);

  afterAll(() => node.stop());

  test.each(ociRuntimes(debian))('recognises what a runtime prints of each fault: %s', async name => {
    const seen: [string, string[]][] = [];
    const profiles = [...PROFILES, ...name === 'runc' ? OF_RUNC : [], ...OF_ONE[debian] ?? []];
    for (const [symptom, seccomp] of profiles) {
      const { status, stderr } = await OciRuntime[name](node).runContainer({ rootfs, uid: 1001, args: ['/bin/busybox', 'true'], seccomp, timeoutMs: 5_000 });
      const diagnosis = new Diagnosis();
      stderr.split('\n').forEach((line, at) => diagnosis.read(line, name, at + 1));
      seen.push([symptom, status === 0 ? ['it started'] : diagnosis.findings.map(finding => finding.symptom.id)]);
    }
    expect(seen).toStrictEqual(profiles.map(([symptom]) => [symptom, [symptom]]));
  }, 120_000);
});
