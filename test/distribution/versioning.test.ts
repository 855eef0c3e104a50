import { App, Chart, Duration, Testing } from 'cdk8s';
import {
  MindieProfileDaemonSet, ProfilesOnDelete, ProfileVersioning, SeccompMode, SeccompProfile, SeccompProfileDaemonSet, SeccompProfileDaemonSetProps,
  SeccompSecuredDeployment,
} from '../../src';
import { synthesize, theOnly } from '../synthesize';

const profile = (action: string) => SeccompProfile.fromJson({ defaultAction: action, architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'] });
const ALLOW = profile('SCMP_ACT_ALLOW');
const LOG = profile('SCMP_ACT_LOG');

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

/** What a release brings to the cluster: names of ConfigMaps, the file on the nodes, and the path that the workload asks for. */
function release(content: SeccompProfile, props: SeccompProfileDaemonSetProps = {}) {
  const chart = Testing.chart();
  const set = new SeccompProfileDaemonSet(chart, 'Profiles', props);
  const installed = set.addProfile('profiles/app.json', content);
  new SeccompSecuredDeployment(chart, 'App', { seccomp: SeccompMode.localhost(installed), containers: [{ image: 'app:1.0.0' }] });
  const manifests = synthesize(chart);
  const { name } = theOnly(manifests, 'ConfigMap').metadata;
  const [source] = theOnly(manifests, 'DaemonSet').spec.template.spec.volumes;
  expect(source.configMap.name).toBe(name);
  const files = new Set(source.configMap.items.map(({ path }: any) => /^documents\/(.*)\/\w+\.json$/.exec(path)?.[1]).filter(Boolean));
  return { name, files: [...files], used: theOnly(manifests, 'Deployment').spec.template.spec.securityContext.seccompProfile.localhostProfile };
}

test('gives a changed profile another file, another ConfigMap, and the workload the new path', () => {
  const [first, second, back] = [release(ALLOW), release(LOG), release(ALLOW)];
  expect(first.files).toStrictEqual([first.used]);
  expect(second.files).toStrictEqual([second.used]);
  expect(first.used).toMatch(/^profiles\/app-[0-9a-f]{12}\.json$/);
  expect(second.used).not.toBe(first.used);
  expect(second.name).not.toBe(first.name);
  expect(back).toStrictEqual(first);
});

test('keeps a fixed name, and gives a changed profile another ConfigMap', () => {
  const [first, second] = [ALLOW, LOG].map(content => release(content, { versioning: ProfileVersioning.FIXED_NAME }));
  expect([first.files, second.files, first.used, second.used]).toStrictEqual([['profiles/app.json'], ['profiles/app.json'], 'profiles/app.json', 'profiles/app.json']);
  expect(second.name).not.toBe(first.name);
});

test('makes ConfigMaps immutable', () => {
  const chart = Testing.chart();
  new MindieProfileDaemonSet(chart, 'Profile');
  expect(theOnly(synthesize(chart), 'ConfigMap').immutable).toBe(true);
});

test('puts MindIE\'s profile at the path of the guide unless its versions are asked for', () => {
  const paths = [undefined, ProfileVersioning.FIXED_NAME, ProfileVersioning.CONTENT_HASH]
    .map(versioning => new MindieProfileDaemonSet(Testing.chart(), 'Profile', { versioning }).localhostProfile);
  expect(paths).toStrictEqual([
    'profiles/mindie/mindie-motor-seccomp-blacklist.json', 'profiles/mindie/mindie-motor-seccomp-blacklist.json',
    expect.stringMatching(/^profiles\/mindie\/mindie-motor-seccomp-blacklist-[0-9a-f]{12}\.json$/),
  ]);
});

function environment(props: SeccompProfileDaemonSetProps): Record<string, string> {
  const chart = new Chart(new App(), 'test', { namespace: 'node-setup' });
  new SeccompProfileDaemonSet(chart, 'Profiles', { profiles: [{ path: 'a.json', profile: ALLOW }], ...props });
  const { env } = theOnly(synthesize(chart), 'DaemonSet').spec.template.spec.containers[0];
  return Object.fromEntries(env.map(({ name, value }: any) => [name, value]));
}

test.each<[string, SeccompProfileDaemonSetProps, Record<string, string>, string?]>([
  ['three releases and seven days by default', {}, { RETAIN: '3', RETAIN_SECONDS: '604800' }, 'ON_DELETE'],
  ['as many and as long as asked', { retain: 0, retainFor: Duration.hours(1) }, { RETAIN: '0', RETAIN_SECONDS: '3600' }],
  ['everything under a fixed name', { versioning: ProfileVersioning.FIXED_NAME }, {}, 'RETAIN'],
  ['nothing on deletion, if asked', { onDelete: ProfilesOnDelete.REMOVE }, { ON_DELETE: 'remove', RETAIN: '3' }],
])('has the installer keep %s', (_, props, expected, absent = 'LOG_FORMAT') => {
  const variables = environment(props);
  expect(variables).toMatchObject(expected);
  expect(variables).not.toHaveProperty(absent);
});

test('starts the new pod before the old one ends where the last one removes the profiles', () => {
  const chart = Testing.chart();
  new MindieProfileDaemonSet(chart, 'Profile', { onDelete: ProfilesOnDelete.REMOVE });
  const { updateStrategy, template } = theOnly(synthesize(chart), 'DaemonSet').spec;
  expect(updateStrategy).toStrictEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '10%', maxUnavailable: 0 } });
  expect(template.spec.terminationGracePeriodSeconds).toBe(30);
});

test('tells the owners of two namespaces, and of long names, apart', () => {
  expect(environment({}).OWNER).toMatch(/^\$\(NAMESPACE\)\.test-profiles-[-a-z0-9]+$/);
  const chart = new class extends Chart {
    public generateObjectName(): string {
      return 'a'.repeat(250);
    }
  }(new App(), 'test');
  new MindieProfileDaemonSet(chart, 'Profile');
  const { env } = theOnly(Testing.synth(chart), 'DaemonSet').spec.template.spec.containers[0];
  expect(env.find(({ name }: any) => name === 'OWNER').value).toMatch(/^\$\(NAMESPACE\)\.[0-9a-f]{32}$/);
});
