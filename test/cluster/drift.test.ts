import { appendFileSync, chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync, symlinkSync, truncateSync } from 'fs';
import { dirname } from 'path';
import { Cluster } from './cluster';
import { denying, namespaceObject, NEVER, synth } from './synth';
import { condition, deleteNamespaces, isReady, logsOf, podOn, rolledOut } from './workloads';
import { SeccompProfileDaemonSet } from '../../src';

const WOKEN = 'drift';
const SLEEPING = 'drift-control';
const NODES = [1, 2];

/** What becomes of a file, each of a profile of its own. */
const DRIFTS: Readonly<Record<string, (file: string) => void>> = {
  'changed': file => appendFileSync(file, ' '),
  'truncated': file => truncateSync(file, 10),
  'removed': file => rmSync(file),
  'a-link': file => { rmSync(file); symlinkSync('/etc/hostname', file); },
  'of-another-mode': file => chmodSync(file, 0o600),
  'without-its-directory': file => rmSync(dirname(file), { recursive: true }),
};

let cluster: Cluster;

/** Installers that look at the files by themselves once a day, and where their files are. */
function installer(namespace: string): { manifests: any[]; paths: Record<string, string> } {
  const paths: Record<string, string> = {};
  const manifests = synth(namespace, chart => {
    const set = new SeccompProfileDaemonSet(chart, 'Profiles', { resync: NEVER });
    for (const kind of Object.keys(DRIFTS)) paths[kind] = set.addProfile(`${namespace}/${kind}/profile.json`, denying('swapon')).localhostProfile;
  });
  return { manifests: [namespaceObject(namespace), ...manifests], paths };
}

const [woken, sleeping] = [installer(WOKEN), installer(SLEEPING)];

beforeAll(async () => {
  cluster = Cluster.running();
  // The control: its check cannot wake it.
  const pod = sleeping.manifests.find(({ kind }) => kind === 'DaemonSet').spec.template.spec;
  pod.containers[0].env = pod.containers[0].env.filter(({ name }: any) => name !== 'STATE_DIR');
  delete pod.containers[0].startupProbe;
  await cluster.applyOrThrow([...woken.manifests, ...sleeping.manifests]);
  await rolledOut(cluster, WOKEN, 'drift-profiles');
  await rolledOut(cluster, SLEEPING, 'drift-control-profiles');
});

afterAll(async () => deleteNamespaces(cluster, WOKEN, SLEEPING));

const fileOf = (node: number, { paths }: typeof woken, kind: string) => cluster.onDisk(node, `seccomp/${paths[kind]}`);

/** The kinds of drift whose file is not as it was installed. */
function drifted(node: number, set: typeof woken, text: string): string[] {
  return Object.keys(DRIFTS).filter(kind => {
    const file = fileOf(node, set, kind);
    return !existsSync(file) || !lstatSync(file).isFile() || (lstatSync(file).mode & 0o777) !== 0o644 || readFileSync(file, 'utf8') !== text;
  });
}

test('repairs a drift of any kind and is ready again, long before the next resync, on nodes of runc and crun', async () => {
  const text = readFileSync(fileOf(1, woken, 'changed'), 'utf8');
  const readiness = async (node: number) => condition(await podOn(cluster, node, WOKEN), 'Ready');
  const before = await Promise.all(NODES.map(readiness));
  expect(before.map(({ status }) => status)).toStrictEqual(['True', 'True']);
  for (const set of [woken, sleeping]) {
    for (const node of NODES) {
      for (const [kind, damage] of Object.entries(DRIFTS)) damage(fileOf(node, set, kind));
      expect(drifted(node, set, text)).toStrictEqual(Object.keys(DRIFTS));
    }
  }
  await cluster.eventually('repair', async () => NODES.every(node => drifted(node, woken, text).length === 0));
  // It was not ready meanwhile: the check has seen it, and nothing else wakes the installer.
  await cluster.eventually('readiness', async () => {
    const after = await Promise.all(NODES.map(readiness));
    return after.every(({ status, lastTransitionTime }, index) => status === 'True' && lastTransitionTime !== before[index].lastTransitionTime);
  });

  // The control: its checks have failed as often.
  for (const node of NODES) {
    await cluster.eventually('a pod that is not ready', async () => !isReady(await podOn(cluster, node, SLEEPING)));
    expect(drifted(node, sleeping, text)).toStrictEqual(Object.keys(DRIFTS));
  }
});

test('leaves a directory in the place of the file, is not ready, says so, and goes on when it is gone', async () => {
  const file = fileOf(1, woken, 'changed');
  rmSync(file);
  mkdirSync(file);
  const pod = await cluster.eventually('a pod that is not ready', async () => {
    const found = await podOn(cluster, 1, WOKEN);
    return !isReady(found) && found;
  });
  await cluster.eventually('word of it', async () => (await logsOf(cluster, pod)).includes('not installed: is a directory, expected a file'));
  expect(lstatSync(file).isDirectory()).toBe(true);
  rmdirSync(file);
  await cluster.eventually('repair', async () => existsSync(file) && isReady(await podOn(cluster, 1, WOKEN)));
});
