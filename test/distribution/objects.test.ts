import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { MindieProfileDaemonSet, NodeGate, ProbeRun, SeccompProfile, SeccompProfileDaemonSet, ThreadProbe } from '../../src';
import { synthesize, theOnly } from '../synthesize';

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

const chart = () => new Chart(Testing.app(), 'profiles', { namespace: 'seccomp-profiles' });
/** A name that alone fills more than half of a ConfigMap. */
const large = (letter: string) => SeccompProfile.fromJson({
  defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'], listenerMetadata: letter.repeat(150 * 1024), listenerPath: '/run/agent.sock',
});

const POOL = { key: 'pool', operator: 'In', values: ['npu'] };
const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [POOL] }] } } };
const tolerations = [{ key: 'npu', operator: 'Exists' }];
const resources = { limits: { memory: k8s.Quantity.fromString('64Mi') } };
const WHERE = { affinity, tolerations, nodeSelector: { 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'linux' } };
const whereOf = (spec: any) => ({ affinity: spec.affinity, tolerations: spec.tolerations, nodeSelector: spec.nodeSelector });

test('runs the installer where it is told, and keeps to Linux', () => {
  const scope = chart();
  new MindieProfileDaemonSet(scope, 'Profile', {
    nodeSelector: { 'kubernetes.io/arch': 'arm64' }, affinity, tolerations, resources, nodeGate: NodeGate.nodeLabel(),
  });
  const { spec } = theOnly(synthesize(scope), 'DaemonSet').spec.template;
  expect(whereOf(spec)).toStrictEqual(WHERE);
  expect(spec.containers[0].resources).toStrictEqual({ limits: { memory: '64Mi' } });
});

test.each([
  ['DaemonSet', ProbeRun.onEveryNode({ nodeSelector: { 'kubernetes.io/arch': 'arm64' }, affinity, tolerations })],
  ['Job', ProbeRun.once({ nodeSelector: { 'kubernetes.io/arch': 'arm64' }, affinity, tolerations })],
])('runs the probe of a %s where it is told', (kind, run) => {
  const scope = chart();
  const probe = new ThreadProbe(scope, 'Probe', { image: 'app:1', run, resources });
  const { spec } = theOnly(synthesize(scope), kind).spec.template;
  expect(whereOf(spec)).toStrictEqual(WHERE);
  expect(spec.containers.map((container: any) => container.resources)).toStrictEqual([{ limits: { memory: '64Mi' } }, { limits: { memory: '64Mi' } }]);
  expect([probe.workload.kind, probe.configMap.kind]).toStrictEqual([kind, 'ConfigMap']);
});

test('tolerates every taint unless it is told which', () => {
  const scope = chart();
  new MindieProfileDaemonSet(scope, 'Profile');
  expect(theOnly(synthesize(scope), 'DaemonSet').spec.template.spec.tolerations).toStrictEqual([{ operator: 'Exists' }]);
});

test('hands out its objects, all of them after the last profile', () => {
  const scope = chart();
  const set = new SeccompProfileDaemonSet(scope, 'Profiles');
  const idsOf = (objects: ApiObject[]) => objects.map(({ node }) => node.path);
  expect(set.daemonSet.node.path).toBe('profiles/Profiles/Resource');
  expect(idsOf(set.configMaps)).toStrictEqual(['profiles/Profiles/ConfigMap']);
  ['a', 'b'].forEach(letter => set.addProfile(`${letter}.json`, large(letter)));
  expect(idsOf(set.configMaps)).toStrictEqual(['profiles/Profiles/ConfigMap', 'profiles/Profiles/ConfigMap2']);
});

test('lets its objects be patched, and keeps the digest in the name', () => {
  const scope = chart();
  const set = new MindieProfileDaemonSet(scope, 'Profile');
  const before = theOnly(synthesize(scope), 'ConfigMap').metadata.name;
  set.daemonSet.addJsonPatch(JsonPatch.add('/spec/template/spec/hostname', 'installer'));
  set.configMaps.forEach(each => each.addJsonPatch(JsonPatch.add('/metadata/labels/team', 'platform')));
  const manifests = synthesize(scope);
  expect(theOnly(manifests, 'DaemonSet').spec.template.spec.hostname).toBe('installer');
  const { name, labels } = theOnly(manifests, 'ConfigMap').metadata;
  expect({ name, team: labels.team }).toStrictEqual({ name: before, team: 'platform' });
  expect(name).not.toBe(set.configMaps[0].name);
});
