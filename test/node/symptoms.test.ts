import { DebianRelease, DEBIANS } from './runtimes/debian';
import { OCI_RUNTIMES, OciRuntime } from './runtimes/oci-runtime';
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
  ['container-start-denied', denying('execve')],
];

describe.each(DEBIANS)('%s', debian => {
  let node: TestNode;
  let release: DebianRelease;
  let rootfs: string;

  beforeAll(async () => {
    release = await DebianRelease.of(debian);
    node = await TestNode.start({ usr: release.usr });
    rootfs = await makeRootfs(node);
  }, 6 * 60_000);

  afterAll(() => node.stop());

  test.each(OCI_RUNTIMES)('recognises what a runtime prints of each fault: %s', async name => {
    const seen: [string, string[]][] = [];
    for (const [symptom, seccomp] of PROFILES) {
      const { status, stderr } = await OciRuntime[name](node).runContainer({ rootfs, uid: 1001, args: ['/bin/busybox', 'true'], seccomp, timeoutMs: 5_000 });
      const diagnosis = new Diagnosis();
      stderr.split('\n').forEach((line, at) => diagnosis.read(line, name, at + 1));
      seen.push([symptom, status === 0 ? ['it started'] : diagnosis.findings.map(finding => finding.symptom.id)]);
    }
    expect(seen).toStrictEqual(PROFILES.map(([symptom]) => [symptom, [symptom]]));
  }, 120_000);
});
