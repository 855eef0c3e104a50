import { createHash } from 'crypto';
import { existsSync, readFileSync } from 'fs';
import { Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-28';
import { Cluster } from './cluster';
import { denying, synth } from './synth';
import { deleteNamespaces, isReady, podsOf, rolledOut, waitingReason } from './workloads';
import {
  DaemonSetUpdate, ProfilesOnDelete, ProfileVersioning, SeccompMode, SeccompProfile, SeccompProfileDaemonSet, SeccompProfileDaemonSetOptions,
  SeccompSecuredDeployment,
} from '../../src';

const NAMESPACES = ['release', 'pruned', 'fixed', 'removed', 'retained', 'stopped'];
const IMAGE = 'busybox:1.36.1';
const BOTH = [1, 2];

let cluster: Cluster;

beforeAll(async () => {
  cluster = Cluster.running();
  await cluster.makeNamespaces(NAMESPACES);
});

afterAll(async () => deleteNamespaces(cluster, ...NAMESPACES));

interface Release {
  readonly manifests: any[];
  /** Where its profile is on the nodes, below the kubelet's seccomp directory. */
  readonly path: string;
}

/** A release of an app with its profile: one pod on each node, which waits. */
function release(namespace: string, profile: SeccompProfile, options: SeccompProfileDaemonSetOptions = {}): Release {
  let path = '';
  const manifests = synth(namespace, chart => {
    const update = DaemonSetUpdate.rolling(PercentOrAbsolute.percent(100));
    const installed = new SeccompProfileDaemonSet(chart, 'Profiles', { resync: Duration.seconds(5), update, ...options }).addProfile(`${namespace}/app.json`, profile);
    path = installed.localhostProfile;
    new SeccompSecuredDeployment(chart, 'App', {
      replicas: 2,
      seccomp: SeccompMode.localhost(installed),
      securityContext: { ensureNonRoot: false },
      terminationGracePeriod: Duration.seconds(0),
      containers: [{ name: 'main', image: IMAGE, command: ['sleep', '36000'], securityContext: { ensureNonRoot: false }, resources: {} }],
    });
  });
  const pod = manifests.find(({ kind }) => kind === 'Deployment').spec.template.spec;
  pod.containers[0].imagePullPolicy = 'IfNotPresent';
  return { manifests, path };
}

const isOn = (node: number, path: string) => existsSync(cluster.onDisk(node, `seccomp/${path}`));
const whereIs = (path: string) => BOTH.filter(node => isOn(node, path));
const appPods = async (namespace: string) => (await podsOf(cluster, namespace)).filter(({ metadata }) => !metadata.labels['app.kubernetes.io/name']);
const pathOf = (pod: any) => pod.spec.securityContext.seccompProfile.localhostProfile;

async function applied(namespace: string, { manifests }: Release): Promise<void> {
  await cluster.applyOrThrow(manifests);
  await rolledOut(cluster, namespace, `${namespace}-profiles`);
}

async function running(namespace: string, path: string): Promise<void> {
  await cluster.eventually(`pods of ${namespace} with ${path}`, async () => {
    const pods = await appPods(namespace);
    return pods.length === 2 && pods.every(pod => isReady(pod) && pathOf(pod) === path);
  });
}

test('brings a changed profile as a new file, rolls the workload, keeps the old file, and goes back', async () => {
  const [first, second] = [release('release', denying('swapon')), release('release', denying('swapoff'))];
  expect(second.path).not.toBe(first.path);
  await applied('release', first);
  await running('release', first.path);
  await applied('release', second);
  await running('release', second.path);
  expect([first, second].map(({ path }) => whereIs(path))).toStrictEqual([BOTH, BOTH]);

  await applied('release', first);
  await running('release', first.path);
  await cluster.kubectlOrThrow(['rollout', 'undo', 'daemonset/release-profiles', '--namespace', 'release']);
  await rolledOut(cluster, 'release', 'release-profiles');
  expect([first, second].map(({ path }) => whereIs(path))).toStrictEqual([BOTH, BOTH]);
});

test('prunes a file that no release keeps', async () => {
  const options = { retain: 0, retainFor: Duration.seconds(1) };
  const [first, second] = [release('pruned', denying('swapon'), options), release('pruned', denying('swapoff'), options)];
  await applied('pruned', first);
  expect(whereIs(first.path)).toStrictEqual(BOTH);
  await applied('pruned', second);
  await cluster.eventually('end of the old file', async () => whereIs(first.path).length === 0);
  expect(whereIs(second.path)).toStrictEqual(BOTH);
});

test('replaces the file under a fixed name, and leaves the pods as they are', async () => {
  const options = { versioning: ProfileVersioning.FIXED_NAME };
  const [first, second] = [release('fixed', denying('swapon'), options), release('fixed', denying('swapoff'), options)];
  expect(second.path).toBe(first.path);
  await applied('fixed', first);
  await running('fixed', first.path);
  const uids = async () => (await appPods('fixed')).map(({ metadata }) => metadata.uid).sort();
  const before = await uids();
  await applied('fixed', second);
  for (const node of BOTH) expect(readFileSync(cluster.onDisk(node, `seccomp/${second.path}`), 'utf8')).toContain('swapoff');
  expect(await uids()).toStrictEqual(before);
});

test.each([
  ['removed', ProfilesOnDelete.REMOVE, []],
  // The control of the other, too: that a file goes is no matter of course.
  ['retained', ProfilesOnDelete.RETAIN, BOTH],
])('has the files %s on the nodes when the DaemonSet is deleted with %s', async (namespace, onDelete, left) => {
  const only = release(namespace, denying('swapon'), { onDelete });
  await applied(namespace, only);
  await running(namespace, only.path);
  expect(whereIs(only.path)).toStrictEqual(BOTH);
  await cluster.kubectlOrThrow(['delete', 'daemonset', `${namespace}-profiles`, '--namespace', namespace, '--cascade=foreground', '--timeout=120s']);
  expect(whereIs(only.path)).toStrictEqual(left);

  // A pod of the workload that is replaced needs the file.
  const [pod] = await appPods(namespace);
  await cluster.kubectlOrThrow(['delete', 'pod', pod.metadata.name, '--namespace', namespace]);
  await cluster.eventually('what becomes of a pod that starts now', async () => {
    const pods = await appPods(namespace);
    const other = pods.find(({ metadata }) => metadata.creationTimestamp > pod.metadata.creationTimestamp);
    return other && (left.length > 0 ? isReady(other) : waitingReason(other) === 'CreateContainerError');
  });
});

test('stops the rollout of a profile that no runtime loads, while the old pods run on', async () => {
  const first = release('stopped', denying('swapon'));
  await applied('stopped', first);
  await running('stopped', first.path);
  const before = (await appPods('stopped')).map(({ metadata }) => metadata.uid);
  const bad = release('stopped', denying('swapoff'));
  // Lint would have stopped it at synth: the document is spoilt afterwards, as by hand, with its digest.
  const rolled = withBadDocument(bad);
  await cluster.applyOrThrow(rolled);
  const failed = await cluster.eventually('a pod that does not start', async () => (await appPods('stopped')).find(pod => /RunContainerError|CrashLoopBackOff/.test(waitingReason(pod) ?? '')));
  expect(pathOf(failed)).toBe(bad.path);
  const old = (await appPods('stopped')).filter(({ metadata }) => before.includes(metadata.uid));
  expect(old.filter(isReady).length).toBeGreaterThan(0);
  expect((await cluster.kubectl(['rollout', 'status', 'deployment', '--namespace', 'stopped', '--timeout=5s'])).status).toBe(1);
});

/** The release with a document whose architectures no filter can have together. */
function withBadDocument({ manifests }: Release): any[] {
  const text = JSON.stringify(manifests);
  const configMap = manifests.find(({ kind }) => kind === 'ConfigMap');
  const keys: string[] = Object.keys(configMap.data).filter(key => key.includes('amd64'));
  const digest = (content: string) => createHash('sha256').update(content).digest('hex');
  const digests = Object.keys(configMap.data).find(key => key.includes('sha256'))!;
  for (const key of keys) {
    const before = configMap.data[key];
    configMap.data[key] = before.replace('"SCMP_ARCH_X86_64"', '"SCMP_ARCH_X86_64", "SCMP_ARCH_MIPS"');
    configMap.data[digests] = configMap.data[digests].replace(digest(before), digest(configMap.data[key]));
  }
  expect(JSON.stringify(manifests)).not.toBe(text);
  return manifests;
}
