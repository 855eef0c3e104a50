import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Cron, Helm, Include, Lazy, Testing } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus32 from 'cdk8s-plus-32';
import * as plus33 from 'cdk8s-plus-33';
import {
  MindieProfileDaemonSet, NodeGate, SeccompMode, SeccompPolicy, SeccompPolicyOutcome, SeccompSecuredDeployment, ThreadProbe,
} from '../../src';
import { podTemplatesIn } from '../../src/manifests/pod-templates';

const CUSTOM_RESOURCES = join(__dirname, '../manifests/fixtures/custom-resources.yaml');
const NO_PODS = join(__dirname, '../manifests/fixtures/no-pods.yaml');
const HELM_OUTPUT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: from-helm }
spec: { selector: { matchLabels: { app: h } }, template: { metadata: { labels: { app: h } }, spec: { containers: [{ name: h, image: h }] } } }
`;

const directory = mkdtempSync(join(tmpdir(), 'seccomp-policy-'));
const helm = join(directory, 'helm');
let printed: string[];

beforeAll(() => {
  writeFileSync(helm, `#!/bin/sh\ncat <<'EOF'\n${HELM_OUTPUT}EOF\n`);
  chmodSync(helm, 0o755);
});
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stderr, 'write').mockImplementation(text => printed.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const podsOf = (manifests: any[]) => manifests.flatMap(manifest => podTemplatesIn(manifest)) as { readonly metadata?: any; readonly spec: any }[];
const profiles = (manifests: any[]) => podsOf(manifests).map(({ spec }) => spec.securityContext?.seccompProfile);

/** Their types differ in what is not used here. */
const VERSIONS = { 28: plus28, 32: plus32 as unknown as typeof plus28, 33: plus33 as unknown as typeof plus28 };

/** An app with pods of everybody, of whom none knows of seccomp. */
function everybody(chart: Chart): void {
  const container = { image: 'app:1.0.0' };
  for (const [name, plus] of Object.entries(VERSIONS)) {
    new plus.Deployment(chart, `Deployment${name}`, { containers: [container], spread: true });
    new plus.StatefulSet(chart, `StatefulSet${name}`, { containers: [container], service: new plus.Service(chart, `Service${name}`, { ports: [{ port: 80 }] }) });
    new plus.DaemonSet(chart, `DaemonSet${name}`, { containers: [container] });
    new plus.Job(chart, `Job${name}`, { containers: [container], initContainers: [container] });
    new plus.CronJob(chart, `CronJob${name}`, { containers: [container], schedule: Cron.daily() });
    new plus.Pod(chart, `Pod${name}`, { containers: [container] });
    const livenessProbe = { tcpSocket: { port: plus.k8s.IntOrString.fromNumber(1) } };
    new plus.k8s.KubeDeployment(chart, `L1${name}`, {
      spec: { selector: {}, template: { spec: { containers: [{ name: 'l1', image: 'l1', ports: [{ containerPort: 1 }], livenessProbe }] } } },
    });
  }
  new Include(chart, 'CustomResources', { url: CUSTOM_RESOURCES });
  new Helm(chart, 'Helm', { chart: 'anything', helmExecutable: helm });
  const lazily = (value: unknown) => Lazy.any({ produce: () => value });
  new ApiObject(chart, 'Lazy', {
    apiVersion: 'apps/v1', kind: 'Deployment', spec: lazily({ template: lazily({ spec: { containers: lazily([{ name: 'lazy', image: 'lazy' }]) } }) }),
  });
}
const PODS = 3 * 7 + 18 + 2;

describe('one line', () => {
  test('gives every pod the mode, whoever made it and whenever it was added', () => {
    const app = new App();
    const before = new Chart(app, 'before');
    everybody(before);
    SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
    const after = new Chart(app, 'after');
    everybody(after);
    for (const chart of [before, after]) {
      const manifests = Testing.synth(chart);
      expect(podsOf(manifests)).toHaveLength(PODS);
      expect(profiles(manifests)).toStrictEqual(Array(PODS).fill({ type: 'RuntimeDefault' }));
      expect(JSON.stringify(manifests).match(/seccompProfile/g)).toHaveLength(PODS);
    }
  });

  test('changes nothing else, and changes nothing the second time', () => {
    const synth = (secured: boolean) => {
      const chart = Testing.chart();
      new Include(chart, 'CustomResources', { url: CUSTOM_RESOURCES });
      new Include(chart, 'NoPods', { url: NO_PODS });
      new plus33.Deployment(chart, 'Deployment', { containers: [{ image: 'app:1.0.0' }], spread: true });
      if (secured) SeccompPolicy.of(chart).apply(SeccompMode.localhostPath('profiles/a.json'));
      return chart;
    };
    const plain = Testing.synth(synth(false));
    const chart = synth(true);
    const once = Testing.synth(chart);
    const without = JSON.stringify(once)
      .replace(/,?"seccompProfile":\{"localhostProfile":"profiles\/a.json","type":"Localhost"\}/g, '').replace(/,?"securityContext":\{\}/g, '');
    expect(JSON.parse(without)).toStrictEqual(plain);

    const others = (manifests: any[]) => JSON.stringify(manifests.filter(({ kind, apiVersion }) => kind !== 'Deployment' || apiVersion !== 'apps/v1'));
    expect(others(Testing.synth(chart))).toBe(others(once));
  });

  test('leaves alone what only looks like a pod', () => {
    const chart = Testing.chart();
    new Include(chart, 'NoPods', { url: NO_PODS });
    const plain = JSON.stringify(Testing.synth(chart));
    SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT, { override: true });
    expect(JSON.stringify(Testing.synth(chart))).toBe(plain);
    expect(SeccompPolicy.of(chart).report()).toStrictEqual([]);
  });
});

/** Deployments with the given pods, by name. */
function deployments(chart: Chart, pods: Record<string, any>): void {
  for (const [name, { metadata, ...spec }] of Object.entries(pods)) {
    const template = { ...metadata && { metadata }, spec: { containers: [{ name: 'main', image: 'app' }], ...spec } };
    new ApiObject(chart, name, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { template } });
  }
}

const OWN = (type: string, more = {}) => ({ securityContext: { seccompProfile: { type, ...more } } });
const CASES = {
  'none': {},
  'unconfined-pod': OWN('Unconfined'),
  'localhost-pod': OWN('Localhost', { localhostProfile: 'profiles/b.json' }),
  'unconfined-container': { containers: [{ name: 'main', image: 'app', ...OWN('Unconfined') }, { name: 'side', image: 'app' }] },
  'strict-container': { containers: [{ name: 'main', image: 'app', ...OWN('Localhost', { localhostProfile: 'profiles/b.json' }) }] },
  'privileged': { initContainers: [{ name: 'setup', image: 'app', securityContext: { privileged: true } }] },
  'windows': { os: { name: 'windows' } },
  'windows-label': { nodeSelector: { 'kubernetes.io/os': 'windows' } },
  'annotated': { metadata: { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' } } },
  'annotated-container': {
    metadata: { annotations: { 'container.seccomp.security.alpha.kubernetes.io/main': 'localhost/profiles/c.json', 'other': 'stays' } },
  },
};

test.each([false, true])('respects what is explicit with override %s', override => {
  const chart = Testing.chart();
  deployments(chart, CASES);
  const policy = SeccompPolicy.of(chart);
  policy.apply(SeccompMode.localhostPath('profiles/a.json'), { override });
  expect(policy.report()).toStrictEqual([]);
  const manifests = Testing.synth(chart);
  const report = policy.report().map(({ resource, outcome, mode, reason }) => `${resource}: ${outcome}, ${mode || 'nothing'}: ${reason}`);
  const pods = Object.fromEntries(manifests.map(({ metadata, spec: { template } }) => [metadata.name, template]));
  expect({ report, pods, printed }).toMatchSnapshot();
});

test('says what it did, where, and in the metadata of the constructs', () => {
  const chart = Testing.chart();
  deployments(chart, { one: {}, two: OWN('RuntimeDefault') });
  const policy = SeccompPolicy.of(chart);
  policy.apply(SeccompMode.RUNTIME_DEFAULT);
  for (let round = 0; round < 2; round++) {
    Testing.synth(chart);
    expect(policy.report()).toStrictEqual([
      { construct: 'test/one', resource: 'Deployment one', path: 'spec.template.spec', outcome: SeccompPolicyOutcome.SET, mode: 'RuntimeDefault', reason: 'had none' },
      { construct: 'test/two', resource: 'Deployment two', path: 'spec.template.spec', outcome: SeccompPolicyOutcome.KEPT, mode: 'RuntimeDefault', reason: 'already RuntimeDefault' },
    ]);
    expect(chart.node.children.flatMap(child => child.node.metadata.map(({ type, data }) => [type, data]))).toStrictEqual(
      policy.report().map(decision => ['cdk8s-seccomp/policy', decision]),
    );
  }
});

describe('several policies', () => {
  test('let the nearest one win, and excluded constructs go to the one further out', () => {
    const app = new App();
    const [outer, inner, open] = ['outer', 'inner', 'open'].map(id => new Chart(app, id));
    [outer, inner, open].forEach(chart => deployments(chart, { one: {}, two: {} }));
    SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT, { exclude: [open] });
    SeccompPolicy.of(inner).apply(SeccompMode.localhostPath('a.json'), { exclude: [inner.node.findChild('two')] });
    expect([outer, inner, open].map(chart => profiles(Testing.synth(chart)).map(profile => profile?.type))).toStrictEqual([
      ['RuntimeDefault', 'RuntimeDefault'], ['Localhost', 'RuntimeDefault'], [undefined, undefined],
    ]);
    expect(SeccompPolicy.of(inner).report().map(({ construct }) => construct)).toStrictEqual(['inner/one']);
    expect(SeccompPolicy.of(app).report()).toHaveLength(3);
  });

  test('fail on one scope, but not as the same object', () => {
    const chart = Testing.chart();
    expect(SeccompPolicy.of(chart)).toBe(SeccompPolicy.of(chart));
    SeccompPolicy.of(chart).apply(SeccompMode.UNCONFINED);
    expect(() => SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT))
      .toThrow('test has a seccomp policy already, expected one per scope: apply the other to a scope below it');
  });
});

describe('a profile that the app brings to the nodes', () => {
  test('is asked for by every pod but the one that brings it, on nodes that have it, and comes first', () => {
    const outdir = mkdtempSync(join(directory, 'out-'));
    const app = new App({ outdir });
    const workloads = new Chart(app, 'workloads');
    deployments(workloads, { one: {} });
    const installers = new Chart(app, 'installers', { namespace: 'node-setup' });
    const profile = new MindieProfileDaemonSet(installers, 'Profile', { nodeGate: NodeGate.nodeFeatureDiscovery() });
    SeccompPolicy.of(app).apply(SeccompMode.localhost(profile), { override: true });
    app.synth();
    const [first, second] = ['0000-installers', '0001-workloads'].map(name => readFileSync(join(outdir, `${name}.k8s.yaml`), 'utf8'));
    expect(first).toContain('type: RuntimeDefault');
    expect(first).not.toContain('type: Localhost');
    expect(second).toContain(`localhostProfile: ${profile.localhostProfile}`);
    expect(second).toContain(`key: ${NodeGate.nodeFeatureDiscovery().labelOf(profile.localhostProfile)}`);
  });
});

test('leaves a probe its modes', () => {
  const chart = Testing.chart();
  new ThreadProbe(chart, 'Probe', { image: 'app:1.0.0' });
  const plain = JSON.stringify(Testing.synth(chart));
  SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT, { override: true });
  expect(JSON.stringify(Testing.synth(chart))).toBe(plain);
});

test('lets a secured workload have its mode', () => {
  const chart = Testing.chart();
  new SeccompSecuredDeployment(chart, 'Own', { seccomp: SeccompMode.localhostPath('own.json'), containers: [{ image: 'app:1' }] });
  SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
  expect(profiles(Testing.synth(chart))).toStrictEqual([{ type: 'Localhost', localhostProfile: 'own.json' }]);
});

test('fails outside of an app', () => {
  expect(() => SeccompPolicy.of(new Chart(undefined as any, 'alone'))).toThrow('alone is in no App, expected a construct of one: its policies are applied when the App is synthesized');
});
