import { allCalls } from './calls';
import { compare, Comparison, Outcomes } from './comparison';
import { Kernel } from './kernel';
import { profilesFor } from './profiles';
import { NodeArchitecture, SeccompProfile } from '../../../src';
import { ImageNode } from '../runtimes/image-node';
import { OCI_RUNTIMES, OciRuntimeName } from '../runtimes/oci-runtime';

/** The profile of which each rule is missed. */
const CONTROL = 'reference, marked';

export interface KernelSuite {
  readonly kind: NodeArchitecture;
  readonly kernelVersion: string;
  /**
   * Runtimes of the node that are tried.
   *
   * @default - all
   */
  readonly runtimes?: readonly OciRuntimeName[];
  readonly start: () => Promise<ImageNode>;
  /**
   * Titles of profiles.
   *
   * @default - all
   */
  readonly only?: readonly string[];
}

/** Tests that a node's kernel answers every call as `decide` says, under both of its runtimes. */
export function testKernel({ kind, kernelVersion, runtimes = OCI_RUNTIMES, start, only }: KernelSuite): void {
  const calls = allCalls(kind);
  const profiles = profilesFor(kind, kernelVersion);
  const titles = only ?? Object.keys(profiles);
  const lines: string[] = [];
  const made = new Map<string, Promise<Outcomes>>();
  let kernel: Kernel;
  /** What the kernel answers by itself. */
  let own: Outcomes;

  const makeOnce = async (name: OciRuntimeName, title: string): Promise<Outcomes> => {
    const key = `${name} ${title}`;
    if (!made.has(key)) made.set(key, kernel.make(calls, name, profiles[title].toJson()));
    return made.get(key)!;
  };

  beforeAll(async () => {
    kernel = await Kernel.on(await start());
    own = await kernel.make(calls, 'runc');
  }, 10 * 60_000);

  afterAll(async () => {
    // One write: lines of several tests would be torn apart by the reporter.
    process.stdout.write(`${lines.join('\n')}\n`);
    await kernel.stop();
  });

  test('is of the version that profiles are made for', () => {
    expect(kernel.node.kernelVersion).toMatch(new RegExp(`^${kernelVersion.replaceAll('.', '\\.')}`));
  });

  test('makes calls whose outcomes are the same each time', async () => {
    expect(await kernel.make(calls, 'crun')).toStrictEqual(own);
  });

  describe.each(runtimes)('%s', name => {
    test.each(titles)('answers every call as decide says: %s', async title => {
      const profile = profiles[title];
      const comparison = compare(kernel.node, name, { profile, calls, own, seen: await makeOnce(name, title) });
      lines.push(summary(`${kind.label}, ${kernel.node.debian.runtime(name)}, ${title}`, comparison));
      expect(comparison.disagreements).toStrictEqual([]);
      expect(comparison.undecided).toBeLessThan(calls.length / 50);
    });

    test('disagrees with the reference profile as soon as one of its rules is gone', async () => {
      const seen = await makeOnce(name, CONTROL);
      const counts = withoutOneRule(profiles[CONTROL]).map(profile => compare(kernel.node, name, { profile, calls, own, seen }).disagreements.length);
      expect(counts.map(count => count > 0)).toStrictEqual(counts.map(() => true));
    });
  });
}

function summary(title: string, { compared, untellable, undecided, disagreements }: Comparison): string {
  return `${title}: ${compared} calls compared (${untellable} answered alike by kernel and profile), ${undecided} undecided, ${disagreements.length} disagreements`;
}

function withoutOneRule(profile: SeccompProfile): SeccompProfile[] {
  const document = JSON.parse(profile.toJson());
  const rules: object[] = document.syscalls;
  return rules.map(rule => SeccompProfile.fromJson({ ...document, syscalls: rules.filter(other => other !== rule) }));
}
