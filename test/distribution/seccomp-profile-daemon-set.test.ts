import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { Chart, Duration, Testing } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-28';
import {
  DaemonSetUpdate, GitOps, InstallerLogFormat, MindieProfile, MindieProfileDaemonSet, NodeArchitecture, NodeGate, ProfilesOnDelete, ProfileVersioning,
  SeccompMode, SeccompProfile, SeccompProfileDaemonSet, SeccompSecuredPod,
} from '../../src';
import { NODE_KINDS } from '../../src/syscalls/abis';
import { synthesize, theOnly, validationErrors, withoutDigests } from '../synthesize';

const PROFILE = SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'] });

/** The manifest of one kind, without the texts and what changes with them. */
function outline(manifests: any[], kind: string): any {
  const manifest = theOnly(manifests, kind);
  return withoutDigests({ ...manifest, data: manifest.data && Object.keys(manifest.data) });
}

// Its warnings are profile-lint.test.ts's matter.
beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

test('renders the ConfigMap and the DaemonSet of the MindIE profile', () => {
  const chart = new Chart(Testing.app(), 'profiles', { namespace: 'seccomp-profiles' });
  new MindieProfileDaemonSet(chart, 'Profile');
  const manifests = synthesize(chart);
  expect(outline(manifests, 'ConfigMap')).toMatchSnapshot();
  expect(outline(manifests, 'DaemonSet')).toMatchSnapshot();
});

test('renders every option', () => {
  const chart = Testing.chart();
  new SeccompProfileDaemonSet(chart, 'Profiles', {
    namespace: 'node-setup',
    kubeletRoot: '/var/lib/k0s/kubelet',
    resync: Duration.minutes(5),
    image: `registry.example/busybox@sha256:${'0'.repeat(64)}`,
    imagePullSecrets: ['pull'],
    priorityClassName: 'high',
    update: DaemonSetUpdate.onDelete(),
    nodeSelector: { accelerator: 'huawei-Ascend910' },
    labels: { team: 'platform' },
    annotations: { 'example.com/owner': 'platform' },
    seLinuxType: 'spc_t',
    versioning: ProfileVersioning.CONTENT_HASH,
    retain: 5,
    retainFor: Duration.days(30),
    onDelete: ProfilesOnDelete.RETAIN,
    gitOps: GitOps.argoCd(),
    nodeGate: NodeGate.nodeFeatureDiscovery({ featuresDirectory: '/etc/nfd' }),
    logFormat: InstallerLogFormat.JSON,
    profiles: [{ path: 'profiles/a.json', profile: PROFILE }],
  });
  const manifests = synthesize(chart);
  expect(outline(manifests, 'ConfigMap')).toMatchSnapshot();
  expect(outline(manifests, 'DaemonSet')).toMatchSnapshot();
});

test('mounts for each node kind the profile restricted to it, and the installer', () => {
  const chart = Testing.chart();
  new MindieProfileDaemonSet(chart, 'Profile');
  const manifests = synthesize(chart);
  const { data } = theOnly(manifests, 'ConfigMap');
  const source = theOnly(manifests, 'DaemonSet').spec.template.spec.volumes.find((volume: any) => volume.name === 'source');
  const mounted = Object.fromEntries(source.configMap.items.map(({ key, path }: any) => [path, data[key]]));

  const expected = MindieProfile.reference().nodes.map(node => [
    `documents/profiles/mindie/mindie-motor-seccomp-blacklist.json/${node.label}.json`,
    MindieProfile.reference().forNode(node).toJson(),
  ]);
  expect(mounted).toStrictEqual({
    ...Object.fromEntries(expected),
    'documents.sha256': expected.map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`).join(''),
    'install-profiles.sh': readFileSync('assets/install-profiles.sh', 'utf8'),
    'profile-record.sh': readFileSync('assets/profile-record.sh', 'utf8'),
  });
});

test('hands out profiles that workloads can use', () => {
  const chart = Testing.chart();
  const daemonSet = new SeccompProfileDaemonSet(chart, 'Profiles');
  const added = daemonSet.addProfile('profiles/a.json', PROFILE);
  new SeccompSecuredPod(chart, 'Added', { seccomp: SeccompMode.localhost(added), containers: [{ image: 'app' }] });
  new SeccompSecuredPod(chart, 'Found', { seccomp: SeccompMode.localhost(daemonSet.profileAt('profiles/a.json')), containers: [{ image: 'app' }] });
  const pods = synthesize(chart).filter(({ kind }) => kind === 'Pod');
  const paths = pods.map(({ spec }) => spec.securityContext.seccompProfile.localhostProfile);
  expect(paths).toStrictEqual([added.localhostProfile, added.localhostProfile]);
});

test('carries a profile without architectures to every kind of node', () => {
  const chart = Testing.chart();
  new SeccompProfileDaemonSet(chart, 'Profiles', { profiles: [{ path: 'a.json', profile: SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW' }) }] });
  expect(Object.keys(theOnly(synthesize(chart), 'ConfigMap').data)).toHaveLength(NodeArchitecture.all().length + 3);
});

test('updates nodes a few at a time', () => {
  const chart = Testing.chart();
  new MindieProfileDaemonSet(chart, 'Profile', { update: DaemonSetUpdate.rolling(PercentOrAbsolute.absolute(3)) });
  expect(theOnly(synthesize(chart), 'DaemonSet').spec.updateStrategy).toStrictEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 3 } });
});

test('distributes another profile at the path of the guide', () => {
  const chart = Testing.chart();
  const daemonSet = new MindieProfileDaemonSet(chart, 'Profile', { profile: PROFILE });
  expect(daemonSet.localhostProfile).toBe('profiles/mindie/mindie-motor-seccomp-blacklist.json');
  expect(Object.keys(theOnly(synthesize(chart), 'ConfigMap').data)).toStrictEqual([
    'documents.sha256', 'install-profiles.sh', 'profile-record.sh', 'profiles.mindie.mindie-motor-seccomp-blacklist.amd64.json',
  ]);
});

test('names two DaemonSets of one chart apart, down to the temporary files they write', () => {
  const chart = Testing.chart();
  new MindieProfileDaemonSet(chart, 'A');
  new MindieProfileDaemonSet(chart, 'B');
  const sets = synthesize(chart).filter(({ kind }) => kind === 'DaemonSet');
  const owners = sets.map(({ spec }) => spec.template.spec.containers[0].env.find((variable: any) => variable.name === 'OWNER').value);
  expect(new Set([...owners, ...sets.map(({ metadata }) => metadata.name)]).size).toBe(4);
  expect(new Set(sets.map(({ spec }) => JSON.stringify(spec.selector))).size).toBe(2);
});

describe('fails', () => {
  const add = (...paths: string[]) => () => {
    const daemonSet = new SeccompProfileDaemonSet(Testing.chart(), 'Profiles');
    paths.forEach(path => daemonSet.addProfile(path, PROFILE));
  };

  test.each([
    ['an absolute path', add('/a.json'), /^localhost profile path "\/a.json" is absolute/],
    ...[' ', '\u00e4', '$', '`', '"', "'", ';', '*', '~', ':', '\n'].map((odd): [string, () => void, RegExp] =>
      [`a path with ${JSON.stringify(odd)}`, add(`a${odd}b.json`), /^localhost profile path ".*" (has a character that cannot be installed|contains a control character), expected/]),
    ['a path with a space', add('a b.json'), 'localhost profile path "a b.json" has a character that cannot be installed, expected only letters, digits, ".", "_", "-" and "/"'],
    ['a hidden directory', add('a/.b/c.json'), 'localhost profile path "a/.b/c.json" has a segment that begins with "." or "-", expected a letter, a digit or "_" there'],
    ['a long path', add(`${'a/'.repeat(100)}b.json`), /has 206 characters, expected at most 180/],
    ['a path twice', add('a.json', 'a.json'), 'there is already a profile for "a.json", expected one profile per path'],
    ['two paths with one key', add('a/b.json', 'a.b.json'), 'paths "a/b.json" and "a.b.json" become the same ConfigMap key "a.b", expected different keys: rename one of them'],
    ['a directory named like a profile', add('a.json/b.json'), 'localhost profile path "a.json/b.json" has a directory named like a profile, expected ".json" only at the end'],
    ['a profile for no kind of node',
      () => new SeccompProfileDaemonSet(Testing.chart(), 'P').addProfile('a.json', SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_LOG', architectures: ['SCMP_ARCH_PPC'] })),
      'the profile for "a.json" names no architecture of a node kind that Kubernetes supports, so no node could install it'],
    ['an unknown path', () => new SeccompProfileDaemonSet(Testing.chart(), 'P').profileAt('a.json'), 'no profile is distributed at "a.json", expected one of: none yet'],
    ['a relative kubelet root', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { kubeletRoot: 'kubelet' }),
      'kubeletRoot "kubelet" is not a directory on a node, expected a normalized absolute path such as "/var/lib/kubelet"'],
    ['a kubelet root that climbs', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { kubeletRoot: '/var/../etc' }), /^kubeletRoot "\/var\/..\/etc" is not/],
    ['a resync without a pause', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { resync: Duration.millis(10) }), 'resync 10 millis is too often, expected at least one second'],
    ['a digest that is not whole', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { image: 'busybox@sha256:abc' }), /^image "busybox@sha256:abc" is not an image, expected/],
    ['an empty image', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { image: '' }), /^image "" is not an image/],
    ['a retained half', () => new SeccompProfileDaemonSet(Testing.chart(), 'P', { retain: 0.5 }), 'retain 0.5 is not a number of releases, expected an integer from 0 to 1000000'],
    ['retained releases of a fixed name', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { retain: 1 }),
      'retain has no effect with versioning FIXED_NAME, which keeps one file per profile: remove it, or use CONTENT_HASH'],
    ['an update by hand that would take the profiles away', () => new MindieProfileDaemonSet(Testing.chart(), 'P', { update: DaemonSetUpdate.onDelete(), onDelete: ProfilesOnDelete.REMOVE }),
      /^update onDelete does not work with onDelete REMOVE, expected a rolling update: /],
    ['an update of no node at a time', () => DaemonSetUpdate.rolling(PercentOrAbsolute.percent(0)), 'maxUnavailable 0 would never update a node, expected at least 1 or 1 %'],
  ])('on %s', (_, misuse, message) => {
    expect(misuse).toThrow(message);
  });

  test('at synth when it distributes nothing', () => {
    const chart = Testing.chart();
    new SeccompProfileDaemonSet(chart, 'Profiles');
    expect(validationErrors(chart)).toStrictEqual(['[test/Profiles] distributes no profile: pass profiles, or call addProfile']);
  });
});

test('tells node architectures in the installer as in the model', () => {
  const script = readFileSync('assets/install-profiles.sh', 'utf8');
  const cases = [...script.matchAll(/^ {4}([\w |]+)\) echo (\w+) ;;$/gm)].map(([, machines, name]) => ({ name, machines: machines.split(' | ') }));
  expect(cases).toStrictEqual(NODE_KINDS.map(({ name, machines }) => ({ name, machines })));
});
