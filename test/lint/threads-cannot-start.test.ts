import { Libc, NodeArchitecture, ProfileLinter, SeccompArchitecture, SeccompProfile } from '../../src';
import { LintTargets } from '../../src/lint/targets';

const { AMD64, ARM64, LOONG64 } = NodeArchitecture;
const CLONE3 = SeccompProfile.denylist({ denied: ['clone3'] });
const CLONE = SeccompProfile.denylist({ denied: ['clone'] });
const BOTH = SeccompProfile.denylist({ denied: ['clone'] }).withDenied(['clone3'], 38);

/** Where the rule says that threads cannot start. */
function places(profile: SeccompProfile, targets: LintTargets): string[] {
  const native = profile.withArchitectures(targets.nodes!.map(({ architectures }): SeccompArchitecture => architectures[0]));
  return new ProfileLinter({ targets }).lint(native).filter(({ rule }) => rule === 'threads-cannot-start')
    .map(({ message }) => /threads cannot start (.*) \((?:runc|crun)/.exec(message)![1]);
}

test.each<[title: string, profile: SeccompProfile, nodes: NodeArchitecture[], libcs: Libc[] | undefined, expected: string[]]>([
  ['one glibc, of which nothing follows for musl', CLONE3, [AMD64], [Libc.glibc('2.39')], ['under glibc 2.39 and later on X86_64']],
  ['the turning point of each ABI', CLONE3, [AMD64, ARM64], undefined, ['under glibc 2.34 and later on X86_64, under glibc 2.38 and later on AARCH64']],
  ['the turning point of loong64', CLONE3, [LOONG64], undefined, ['under glibc 2.36 and later on LOONGARCH64']],
  ['the versions in any order', CLONE3, [AMD64], [Libc.glibc('2.39'), Libc.glibc('2.35')], ['under glibc 2.35 and later on X86_64']],
  ['glibc that does not use clone3', CLONE, [AMD64], undefined, ['under glibc before 2.34 and musl on X86_64']],
  ['all of them', BOTH, [AMD64], undefined, ['under any C library on X86_64']],
  ['all but musl, which was not asked about', BOTH, [AMD64], [Libc.glibc('2.33'), Libc.glibc('2.39')], ['under glibc 2.33 and later on X86_64']],
  ['musl alone', BOTH, [AMD64], [Libc.musl()], ['under musl on X86_64']],
  ['none that works', CLONE3, [AMD64], [Libc.musl(), Libc.glibc('2.33')], []],
])('names %s', (_, profile, nodes, libcs, expected) => {
  expect(places(profile, { nodes, libcs })).toStrictEqual(expected);
});
