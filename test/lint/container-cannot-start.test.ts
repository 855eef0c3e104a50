import { ContainerRuntime, NodeArchitecture, ProfileLinter, SeccompAction, SeccompArchitecture, SeccompProfile } from '../../src';
import { RUNTIME_NEEDS } from '../../src/profile/filter/runtime-needs';

const RUNC = ContainerRuntime.runc('1.1.15', { libseccomp: '2.6.0' });
const NEEDED = [...new Set(RUNTIME_NEEDS.runc.flatMap(({ anyOf }) => anyOf))];

function messages(defaultAction: SeccompAction, allowed: string[], runtime = RUNC): string[] {
  const architectures = [SeccompArchitecture.AARCH64.value];
  const profile = SeccompProfile.fromJson({ defaultAction: defaultAction.value, architectures, syscalls: [{ names: allowed, action: 'SCMP_ACT_ALLOW' }] });
  const linter = new ProfileLinter({ targets: { nodes: [NodeArchitecture.ARM64], runtimes: [runtime] } });
  return linter.lint(profile).filter(({ rule }) => rule === 'container-cannot-start').map(({ message }) => message);
}

test('misses the call by which a newer Go puts back the limit of open files, where the filter kills for it', () => {
  const without = NEEDED.filter(name => name !== 'prlimit64');
  expect(messages(SeccompAction.KILL_PROCESS, without))
    .toStrictEqual(['some containers do not start under runc 1.1.15, which itself needs prlimit64: prlimit64 gets SCMP_ACT_KILL_PROCESS']);
  expect(messages(SeccompAction.KILL_PROCESS, NEEDED)).toStrictEqual([]);
  expect(messages(SeccompAction.ERRNO, without)).toStrictEqual([]);
  expect(messages(SeccompAction.KILL_PROCESS, without, ContainerRuntime.runc('1.1.5'))).toStrictEqual([]);
});
