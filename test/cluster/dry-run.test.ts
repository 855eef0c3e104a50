import { readFileSync } from 'fs';
import { Construct } from 'constructs';
import { Cluster } from './cluster';
import { everyConstruct } from './constructs';
import { example, MODES } from './synth';
import * as library from '../../src';
import { crdPath } from '../node/operator/crd';

const NAMESPACE = 'dry-run';
const DRY_RUN = ['--dry-run=server', '--validate=strict'];
const CHARTS = everyConstruct(NAMESPACE);

let cluster: Cluster;

beforeAll(async () => {
  cluster = Cluster.running();
  // A dry run needs the namespaces and the CRD to be there.
  await cluster.makeNamespaces([NAMESPACE, 'mindie', 'seccomp-profiles']);
  await cluster.kubectlOrThrow(['apply', '--server-side', '-f', '-'], { input: readFileSync(crdPath('1.0.0'), 'utf8') });
  await cluster.kubectlOrThrow(['wait', '--for=condition=Established', 'crd/seccompprofiles.security-profiles-operator.x-k8s.io', '--timeout=120s']);
});

test('has a chart for every construct of the library', () => {
  const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);
  const used = new Set(Object.values(CHARTS).flatMap(chart => chart.constructs));
  expect(constructs.length).toBeGreaterThan(9);
  expect(constructs.filter(name => !used.has(name))).toStrictEqual([]);
});

test.each(Object.entries(CHARTS))('takes what is written for %s, without a warning', async (_, { manifests }) => {
  const taken = await cluster.applyOrThrow(manifests, ...DRY_RUN);
  expect(taken.trim().split('\n')).toHaveLength(manifests.length);
});

test.each(MODES)('takes the example in mode %s, without a warning', async mode => {
  const manifests = example(mode);
  const taken = await cluster.applyOrThrow(manifests, ...DRY_RUN);
  expect(taken.trim().split('\n')).toHaveLength(manifests.length);
});

describe('the dry run', () => {
  const deployment = () => example('runtime-default').find(({ kind }) => kind === 'Deployment');

  test('fails for a field that no version has', async () => {
    const manifest = deployment();
    manifest.spec.template.spec.securityContext.seccompProfil = { type: 'RuntimeDefault' };
    const { status, stderr } = await cluster.apply([manifest], ...DRY_RUN);
    expect(status).toBe(1);
    expect(stderr).toContain('unknown field "spec.template.spec.securityContext.seccompProfil"');
  });

  test('fails for a type that is none', async () => {
    const manifest = deployment();
    manifest.spec.template.spec.securityContext.seccompProfile = { type: 'localhost' };
    const { status, stderr } = await cluster.apply([manifest], ...DRY_RUN);
    expect(status).toBe(1);
    expect(stderr).toContain('Unsupported value: "localhost": supported values: "Localhost", "RuntimeDefault", "Unconfined"');
  });

  test('prints what the API server warns of', async () => {
    const manifest = deployment();
    manifest.spec.template.spec.containers.push({ ...manifest.spec.template.spec.containers[0], name: 'twice', ports: [{ containerPort: 80, name: 'a' }, { containerPort: 80, name: 'b' }] });
    const { status, stderr } = await cluster.apply([manifest], ...DRY_RUN);
    expect({ status, isWarned: stderr.startsWith('Warning: ') }).toStrictEqual({ status: 0, isWarned: true });
  });
});

test('refuses a seccomp annotation that says another profile than the field, as synth and check do', async () => {
  const manifest = example('runtime-default').find(({ kind }) => kind === 'Deployment');
  manifest.spec.template.metadata.annotations = { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' };
  const { status, stderr } = await cluster.apply([manifest], ...DRY_RUN);
  expect(status).toBe(1);
  expect(stderr).toContain('seccomp type in annotation and field must match');
});
