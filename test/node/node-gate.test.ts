import {
  chmodSync, chownSync, linkSync, lstatSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'fs';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { NodeGate, SeccompMode, SeccompProfile, SeccompProfileDaemonSet, SeccompSecuredDeployment } from '../../src';
import { DaemonSetPod } from './installer/daemon-set-pod';
import { mutant, SCRIPT } from './installer/installer';
import { GatedNode, GatedNodeProps, GatedNodes, MARK_SCRIPT, ONE, TWO } from './node-gate/gated-node';
import { makeReaders, NFD_RELEASES, readLabels } from './node-gate/nfd-reader';
import { until } from './runtimes/processes';

let nodes: GatedNodes;

beforeAll(async () => {
  await makeReaders();
  nodes = await GatedNodes.start();
}, 9 * 60_000);

afterEach(async () => nodes.removeContainers());

afterAll(async () => nodes.stop());

function prepare(props: Partial<GatedNodeProps> = {}): GatedNode {
  return nodes.make({ mark: 'feature-file', ...props });
}

const label = (path: string) => NodeGate.nodeFeatureDiscovery().labelOf(path);
const line = (path: string) => `${label(path).replace(/^.*\//, '')}=true`;
const lines = (...paths: string[]) => paths.map(line).sort();

test('has a mark for each profile after the first round', async () => {
  const gated = prepare();
  expect((await gated.once()).status).toBe(0);
  expect(gated.featureLines()).toStrictEqual(lines(ONE, TWO));
  expect(statSync(gated.featureFile)).toMatchObject({ mode: 0o100644, uid: 0, gid: 0, nlink: 1 });
  expect(readdirSync(gated.features)).toStrictEqual([gated.owner]);
});

/** What the marks are while a profile cannot be put right, and when it can again. */
async function marksAround(props: Partial<GatedNodeProps> = {}) {
  const gated = prepare(props);
  gated.block(TWO);
  const container = gated.start();
  await until('complaint', () => container.output().includes('is a directory'));
  await until('feature file', () => gated.featureLines().length > 0);
  const blocked = gated.featureLines();
  rmdirSync(gated.at(TWO));
  await until('installation', () => gated.featureLines().length === 2);
  gated.block(ONE);
  await until('second complaint', () => gated.featureLines().length === 1);
  return { blocked, blockedLater: gated.featureLines(), ready: await gated.isReady(container) };
}

test('has no mark for a profile that is not in place, until it is', async () => {
  expect(await marksAround()).toStrictEqual({ blocked: lines(ONE), blockedLater: lines(TWO), ready: false });
});

test('has a mark from a script that does not look, which shows that the test does', async () => {
  const mutants = { [MARK_SCRIPT]: mutant('&& is_in_place "$digest" "$path"', '', MARK_SCRIPT) };
  const gated = prepare({ mutants });
  gated.block(TWO);
  await gated.once();
  expect(gated.featureLines()).toStrictEqual(lines(ONE, TWO));
});

test('has no mark after the first round of a script that marks before it installs', async () => {
  const script = mutant('  record_release || result=1\n', '  record_release || result=1\n  mark_node\n');
  const gated = prepare({ mutants: { [SCRIPT]: script.replace('  [ "$MARK" = none ] || mark_node || result=1\n', '') } });
  await gated.once();
  expect(gated.featureLines()).toStrictEqual([]);
});

test('keeps the mark of an older version while its file is intact', async () => {
  const gated = prepare();
  await gated.once();
  gated.release(TWO);
  expect((await gated.once()).status).toBe(0);
  expect(gated.featureLines()).toStrictEqual(lines(ONE, TWO));
  writeFileSync(gated.at(ONE), '{}');
  expect((await gated.once()).status).toBe(0);
  expect(gated.featureLines()).toStrictEqual(lines(TWO));
});

test('keeps all marks when the source is empty', async () => {
  const gated = prepare();
  await gated.once();
  gated.source.update({});
  expect(await gated.once()).toStrictEqual({ status: 1, stdout: expect.stringContaining('no profile in /source') });
  expect(gated.featureLines()).toStrictEqual(lines(ONE, TWO));
});

test.each<[string, (gated: GatedNode) => void]>([
  ['is changed', gated => writeFileSync(gated.featureFile, `${line(ONE)}\nother=true\n`)],
  ['is emptied', gated => writeFileSync(gated.featureFile, '')],
  ['is removed', gated => rmSync(gated.featureFile)],
  ['loses its mode', gated => chmodSync(gated.featureFile, 0o600)],
  ['gets another owner', gated => chownSync(gated.featureFile, 1001, 1001)],
  ['gets a second name', gated => linkSync(gated.featureFile, join(gated.target, 'second'))],
  ['becomes a link to a copy', gated => {
    renameSync(gated.featureFile, join(gated.features, 'copy'));
    symlinkSync('copy', gated.featureFile);
  }],
])('is repaired in the next round when it %s', async (_, damage) => {
  const gated = prepare();
  await gated.once();
  damage(gated);
  expect((await gated.once()).status).toBe(0);
  expect(gated.featureLines()).toStrictEqual(lines(ONE, TWO));
  expect(lstatSync(gated.featureFile)).toMatchObject({ mode: 0o100644, uid: 0, nlink: 1 });
});

/** What a link in the feature file's place leads to, after a round. */
async function behindLink(mutants?: Record<string, string>): Promise<string> {
  const gated = prepare({ mutants });
  writeFileSync(join(gated.target, 'precious'), 'precious\n');
  symlinkSync('/target/precious', gated.featureFile);
  await gated.once();
  return readFileSync(join(gated.target, 'precious'), 'utf8');
}

test('is not written through a link', async () => {
  expect(await behindLink()).toBe('precious\n');
});

test('is written through a link by a script that follows it, which shows that the test sees it', async () => {
  const script = mutant('| replace_file - "$OWNER" has_digest', '>"./$OWNER"', MARK_SCRIPT);
  expect(await behindLink({ [MARK_SCRIPT]: script })).toBe(`${lines(ONE, TWO).join('\n')}\n`);
});

test('leaves no temporary file, not even that of an installer that was killed', async () => {
  const gated = prepare();
  await gated.once();
  writeFileSync(join(gated.features, '.test.abc123'), line(ONE));
  writeFileSync(join(gated.features, '.test.other.abc123'), 'of another DaemonSet');
  await gated.once();
  expect(readdirSync(gated.features)).toStrictEqual(['.test.other.abc123', 'test']);
});

test.each([['remove', []], ['retain', ['test']]])('stays or goes with the DaemonSet: %s', async (onDelete, remaining) => {
  const gated = prepare({ env: { ON_DELETE: onDelete } });
  const container = gated.start();
  await until('marks', () => gated.featureLines().length === 2);
  await container.terminate();
  await container.exited;
  expect(await container.remove()).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(gated.features)).toStrictEqual(remaining);
});

test('makes the installer start again when its directory has been removed', async () => {
  const gated = prepare();
  const container = gated.start();
  await until('marks', () => gated.featureLines().length === 2);
  rmSync(gated.features, { recursive: true });
  await container.exited;
  expect(await container.remove()).toMatchObject({ status: 1, stdout: expect.stringContaining('/features is not there, or was removed on the node') });
});

test.each(NFD_RELEASES)('becomes, in the %s Node Feature Discovery, the labels that the node gate names', async release => {
  const gated = prepare();
  await gated.once();
  writeFileSync(join(gated.features, '.test.abc123'), 'hidden=true\n');
  expect(await readLabels(nodes, gated.features, release)).toStrictEqual({ [label(ONE)]: 'true', [label(TWO)]: 'true' });
  renameSync(join(gated.features, '.test.abc123'), join(gated.features, 'other'));
  expect(await readLabels(nodes, gated.features, release)).toHaveProperty(['feature.node.kubernetes.io/hidden'], 'true');
});

test('opens the node, from synthesized manifests, for the workload that needs the profile, when it has it', async () => {
  const features = nodes.node.makeDirectory('features');
  const chart = new Chart(new App(), 'app');
  const daemonSet = new SeccompProfileDaemonSet(chart, 'Profiles', {
    kubeletRoot: nodes.node.makeDirectory('kubelet'), nodeGate: NodeGate.nodeFeatureDiscovery({ featuresDirectory: features }),
  });
  const profile = daemonSet.addProfile('profiles/app.json', SeccompProfile.fromJson('{ "defaultAction": "SCMP_ACT_ALLOW" }'));
  new SeccompSecuredDeployment(chart, 'App', { seccomp: SeccompMode.localhost(profile), containers: [{ image: 'app' }] });
  const manifests = Testing.synth(chart);
  const { template } = manifests.find(({ kind }) => kind === 'Deployment').spec as k8s.DeploymentSpec;
  const [term, ...others] = template.spec!.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms;
  expect(others).toStrictEqual([]);

  const installer = nodes.runtime.startContainer({ rootfs: nodes.rootfs, ...new DaemonSetPod(nodes.node, manifests).container() });
  try {
    await until('feature file', () => readdirSync(features).some(name => !name.startsWith('.')));
  } finally {
    await installer.remove();
  }
  const labels = Object.entries(await readLabels(nodes, features, 'newest'));
  expect(term.matchExpressions).toStrictEqual(labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })));
});
