import { Testing } from 'cdk8s';
import { SeccompProfile, SeccompProfileDaemonSet } from '../../src';
import { synthesize, theOnly } from '../synthesize';

const ANNOTATION_LIMIT = 256 * 1024;

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

/** About 20 KB for each of two kinds of node. */
function large(index: number): SeccompProfile {
  const rules = Array.from({ length: 80 }, (_, rule) => ({
    names: ['mount'], action: 'SCMP_ACT_ERRNO', errnoRet: 1, args: [{ index: 0, value: index * 1000 + rule, op: 'SCMP_CMP_EQ' }],
  }));
  return SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'], syscalls: rules });
}

function mounted(manifests: any[]): { files: Record<string, string>; names: string[] } {
  const data = new Map(manifests.filter(({ kind }) => kind === 'ConfigMap').map(manifest => [manifest.metadata.name, manifest.data]));
  const [source] = theOnly(manifests, 'DaemonSet').spec.template.spec.volumes;
  const sources = source.projected?.sources.map(({ configMap }: any) => configMap) ?? [source.configMap];
  const entries = sources.flatMap(({ name, items }: any) => items.map(({ key, path }: any) => [path, data.get(name)[key]]));
  expect(new Set(entries.map(([path]: [string]) => path)).size).toBe(entries.length);
  return { files: Object.fromEntries(entries), names: sources.map(({ name }: any) => name) };
}

test('divides profiles among ConfigMaps that kubectl apply can carry, and mounts them as one directory', () => {
  const chart = Testing.chart();
  const set = new SeccompProfileDaemonSet(chart, 'Profiles');
  const profiles = Array.from({ length: 30 }, (_, index) => large(index));
  const paths = profiles.map((profile, index) => set.addProfile(`profiles/p${index}.json`, profile).localhostProfile);
  const manifests = synthesize(chart);
  const configMaps = manifests.filter(({ kind }) => kind === 'ConfigMap');
  expect(configMaps.length).toBeGreaterThan(2);
  for (const configMap of configMaps) expect(Buffer.byteLength(JSON.stringify(configMap))).toBeLessThan(ANNOTATION_LIMIT);

  const { files, names } = mounted(manifests);
  expect(names).toStrictEqual(configMaps.map(({ metadata }) => metadata.name));
  for (const [index, path] of paths.entries()) {
    for (const node of profiles[index].nodes) expect(files[`documents/${path}/${node.label}.json`]).toBe(profiles[index].forNode(node).toJson());
  }
  expect(Object.keys(files)).toHaveLength(30 * 2 + 3);
});

test('renders one volume of several ConfigMaps', () => {
  const chart = Testing.chart();
  new SeccompProfileDaemonSet(chart, 'Profiles', { profiles: Array.from({ length: 8 }, (_, index) => ({ path: `p${index}.json`, profile: large(index) })) });
  const manifests = synthesize(chart);
  const [source] = theOnly(manifests, 'DaemonSet').spec.template.spec.volumes;
  expect(source.projected.sources.length).toBeGreaterThan(1);
  expect(source).toStrictEqual({
    name: 'source',
    projected: {
      defaultMode: 0o444,
      sources: mounted(manifests).names.map(name => ({ configMap: { name, items: expect.any(Array) } })),
    },
  });
});

test('leaves the ConfigMaps alone that a change does not touch', () => {
  const names = (last: SeccompProfile) => {
    const chart = Testing.chart();
    const set = new SeccompProfileDaemonSet(chart, 'Profiles', { profiles: Array.from({ length: 29 }, (_, index) => ({ path: `p${index}.json`, profile: large(index) })) });
    set.addProfile('last.json', last);
    return mounted(synthesize(chart)).names;
  };
  const [before, after] = [names(large(100)), names(large(101))];
  // The first one has the digests.
  expect(after.slice(1, -1)).toStrictEqual(before.slice(1, -1));
  expect(after[0]).not.toBe(before[0]);
  expect(after.at(-1)).not.toBe(before.at(-1));
});

test('fails on a document that no ConfigMap can hold, with its size', () => {
  const rules = Array.from({ length: 9000 }, (_, index) => ({ names: ['mount'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value: index, op: 'SCMP_CMP_EQ' }] }));
  const huge = SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'], syscalls: rules });
  expect(() => new SeccompProfileDaemonSet(Testing.chart(), 'Profiles').addProfile('a.json', huge))
    .toThrow(/^the document of "a.json" for amd64 has \d{7} bytes, expected at most 1048576 \(1 MiB\), the limit of a ConfigMap$/);
});
