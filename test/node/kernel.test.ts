import { SeccompProfile } from '../../src';
import { allCalls } from './kernel/calls';
import { compare, Comparison, Outcomes } from './kernel/comparison';
import { Kernel } from './kernel/kernel';
import { PROFILES } from './kernel/profiles';
import { DEBIANS, DebianRelease, ociRuntimes, OLDEST_AND_NEWEST_RUNC } from './runtimes/debian';

const calls = allCalls();
const lines: string[] = [];

// One write: lines of several tests would be torn apart by the reporter.
afterAll(() => process.stdout.write(`${lines.join('\n')}\n`));

describe.each([...DEBIANS, ...OLDEST_AND_NEWEST_RUNC])('%s', debian => {
  let kernel: Kernel;
  /** What the kernel answers by itself. */
  let own: Outcomes;

  beforeAll(async () => {
    kernel = await Kernel.start(await DebianRelease.of(debian));
    own = await kernel.make(calls, 'runc');
  }, 6 * 60_000);

  afterAll(async () => kernel.stop());

  test('makes calls whose outcomes are the same each time', async () => {
    expect(await kernel.make(calls, 'crun')).toStrictEqual(own);
  });

  describe.each(ociRuntimes(debian))('%s', name => {
    test.each(Object.entries(PROFILES))('answers every call as decide says: %s', async (title, profile) => {
      const comparison = compare(profile, kernel.runtime(name), calls, own, await kernel.make(calls, name, profile.toJson()));
      lines.push(summary(`${kernel.runtime(name)}, ${title}`, comparison));
      expect(comparison.disagreements).toStrictEqual([]);
      expect(comparison.undecided).toBeLessThan(calls.length / 50);
    });

    test('disagrees with the reference profile as soon as one of its rules is gone', async () => {
      const seen = await kernel.make(calls, name, PROFILES.reference.toJson());
      const counts = withoutOneRule(PROFILES.reference).map(profile => compare(profile, kernel.runtime(name), calls, own, seen).disagreements.length);
      expect(counts.map(count => count > 0)).toStrictEqual(counts.map(() => true));
    });
  });
});

function summary(title: string, { compared, untellable, undecided, disagreements }: Comparison): string {
  return `${title}: ${compared} calls compared (${untellable} answered alike by kernel and profile), ${undecided} undecided, ${disagreements.length} disagreements`;
}

function withoutOneRule(profile: SeccompProfile): SeccompProfile[] {
  const document = JSON.parse(profile.toJson());
  const rules: object[] = document.syscalls;
  return rules.map(rule => SeccompProfile.fromJson({ ...document, syscalls: rules.filter(other => other !== rule) }));
}
