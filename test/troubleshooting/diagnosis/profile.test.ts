import { SeccompArchitecture } from '../../../src/profile/document/architecture';
import { ContainerRuntime } from '../../../src/profile/filter/container-runtime';
import { MindieProfile } from '../../../src/profile/mindie/mindie-profile';
import { SeccompProfile } from '../../../src/profile/seccomp-profile';
import { SyscallRule } from '../../../src/profile/syscall-rule';
import { callsIn, causesUnder, verdictOf } from '../../../src/troubleshooting/diagnosis/profile';
import { CauseId, Confidence } from '../../../src/troubleshooting/diagnosis/symptom';
import { SYMPTOMS } from '../../../src/troubleshooting/diagnosis/symptoms';

const AMD64 = [SeccompArchitecture.X86_64];
const symptom = (id: string) => SYMPTOMS.find(each => each.id === id)!;
const PYTHON = symptom('python-cannot-start-thread');
const denying = (errno: number) => SeccompProfile.denylist({ architectures: AMD64, rules: [SyscallRule.deny('clone3').withErrno(errno)] });

function judged(profile: SeccompProfile, id = PYTHON.id) {
  const { calls, causes } = symptom(id);
  const verdict = verdictOf(profile, { calls: calls!, architectures: AMD64 });
  return causesUnder(symptom(id), causes, verdict).map(cause => [cause.id, cause.confidence]);
}

test('makes seccomp likely where threads fail under the profile, and the limit where they start', () => {
  expect(judged(denying(1))).toStrictEqual([[CauseId.SECCOMP_DENIES_THREADS, Confidence.LIKELY], [CauseId.PIDS_LIMIT, Confidence.POSSIBLE]]);
  expect(judged(denying(38))).toStrictEqual([[CauseId.PIDS_LIMIT, Confidence.LIKELY]]);
  expect(judged(MindieProfile.hardened().withArchitectures(AMD64))).toStrictEqual([[CauseId.PIDS_LIMIT, Confidence.LIKELY]]);
});

test('leaves the causes of a text that names its errno, and those under a profile that no runtime loads', () => {
  const causes = symptom('openblas-thread-eagain').causes.map(({ id, confidence }) => [id, confidence]);
  expect(judged(denying(1), 'openblas-thread-eagain')).toStrictEqual(causes);
  expect(judged(MindieProfile.reference())).toStrictEqual(PYTHON.causes.map(({ id, confidence }) => [id, confidence]));
});

test('says why no runtime loads a profile, and asks the part of it that the node has', () => {
  const { refusal, threadFailures, answers } = verdictOf(MindieProfile.reference(), { calls: ['clone3', 'mount'], architectures: AMD64 });
  expect(refusal).toMatch(/^libseccomp refuses big- and little-endian architectures in one filter/);
  expect(threadFailures).toStrictEqual([]);
  expect(answers.map(({ call, decision }) => [call, String(decision.action)])).toStrictEqual([['clone3', 'SCMP_ACT_ALLOW'], ['mount', 'SCMP_ACT_ERRNO']]);
});

test('asks the runtime that is given, and both where none is', () => {
  const syscalls = [{ names: ['read', 'clone'], action: 'SCMP_ACT_ALLOW' }];
  const stub = SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ERRNO', architectures: ['SCMP_ARCH_X86_64'], syscalls });
  const failures = (runtime?: ContainerRuntime) => verdictOf(stub, { calls: ['clone3'], architectures: AMD64, runtime }).threadFailures!.length;
  expect(failures(ContainerRuntime.runc('1.1.15'))).toBe(0);
  expect(failures()).toBeGreaterThan(0);
});

test('asks about the calls that a line names', () => {
  const numa = symptom('numa-not-permitted').calls!;
  expect(callsIn('set_mempolicy: Operation not permitted', numa)).toStrictEqual(['set_mempolicy']);
  expect(callsIn('setting interleave mask: Operation not permitted', numa)).toStrictEqual(numa);
  expect(callsIn('runtime/cgo: pthread_create failed: clone', PYTHON.calls!)).toStrictEqual(['clone3', 'clone']);
});
