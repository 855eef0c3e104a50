import { ContainerRuntime, LintTargets, NodeArchitecture, ProfileLinter, SeccompProfile } from '../../src';

function messages(version: string, action: object): string[] {
  const profile = SeccompProfile.fromJson({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: NodeArchitecture.ARM64.architectures.map(String),
    syscalls: [{ names: ['prlimit64'], ...action }],
  });
  const targets: LintTargets = { nodes: [NodeArchitecture.ARM64], runtimes: [ContainerRuntime.runc(version)] };
  const findings = new ProfileLinter({ targets }).lint(profile);
  return findings.filter(({ rule }) => rule === 'container-cannot-start').map(({ message }) => message);
}

test('names the call by which a newer runc puts the limit of open files back, where a filter kills for it', () => {
  expect(messages('1.1.15', { action: 'SCMP_ACT_KILL_PROCESS' })).toStrictEqual([
    'no container starts now and then under runc 1.1.15, which needs prlimit64 itself: prlimit64 is answered with SCMP_ACT_KILL_PROCESS',
  ]);
  expect(messages('1.1.15', { action: 'SCMP_ACT_ERRNO', errnoRet: 1 })).toStrictEqual([]);
  expect(messages('1.1.5', { action: 'SCMP_ACT_KILL_PROCESS' })).toStrictEqual([]);
});
