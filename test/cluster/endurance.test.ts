import { readdirSync, readFileSync } from 'fs';
import { dirname } from 'path';
import { Cluster } from './cluster';
import { denying, NEVER, synth } from './synth';
import { deleteNamespaces, isReady, podOn, podsOf, rolledOut } from './workloads';
import { SeccompProfileDaemonSet } from '../../src';

const NAMESPACE = 'endurance';

let cluster: Cluster;
let file: (node: number) => string;
let text: string;

beforeAll(async () => {
  cluster = Cluster.running();
  let path = '';
  const manifests = synth(NAMESPACE, chart => {
    path = new SeccompProfileDaemonSet(chart, 'Profiles', { resync: NEVER }).addProfile('endurance/app.json', denying('swapon')).localhostProfile;
  });
  file = node => cluster.onDisk(node, `seccomp/${path}`);
  await cluster.makeNamespaces([NAMESPACE]);
  await cluster.applyOrThrow(manifests);
  await rolledOut(cluster, NAMESPACE, 'endurance-profiles');
  text = readFileSync(file(1), 'utf8');
});

afterEach(async () => {
  await cluster.kubectl(['uncordon', 'node-1']);
});

afterAll(async () => deleteNamespaces(cluster, NAMESPACE));

const uids = async () => (await podsOf(cluster, NAMESPACE)).map(({ metadata }) => metadata.uid).sort();
const restarts = (pod: any): number => pod.status.containerStatuses[0].restartCount;

test('keeps the file whole, and leaves nothing beside it, while its process is killed again and again', async () => {
  for (let round = 0; round < 3; round++) {
    const before = restarts(await podOn(cluster, 1, NAMESPACE));
    // Of the node's own processes alone: the other installers are killed by nobody.
    await cluster.onNodeOrThrow(1, ['sh', '-c', `for pid in $(cat /sys/fs/cgroup/memory/*/kubepods/*/pod${(await podOn(cluster, 1, NAMESPACE)).metadata.uid}/*/cgroup.procs); do kill -KILL "$pid" || true; done`]);
    expect(readFileSync(file(1), 'utf8')).toBe(text);
    await cluster.eventually('another start', async () => {
      const pod = await podOn(cluster, 1, NAMESPACE);
      return restarts(pod) > before && isReady(pod);
    });
  }
  expect(readFileSync(file(1), 'utf8')).toBe(text);
  expect(readdirSync(dirname(file(1)))).toHaveLength(1);
});

test('is not disturbed by a kubelet that starts anew', async () => {
  const before = await uids();
  const pid = readFileSync(`${cluster.directory}/node-1/kubelet.pid`, 'utf8').trim();
  const { lastHeartbeatTime } = await readyNode();
  await cluster.onNodeOrThrow(1, ['kill', '-KILL', pid]);
  await cluster.startKubelet(1);
  await cluster.eventually('word of the kubelet', async () => {
    const { status, lastHeartbeatTime: now } = await readyNode();
    return status === 'True' && now !== lastHeartbeatTime;
  });
  await cluster.eventually('readiness', async () => isReady(await podOn(cluster, 1, NAMESPACE)));
  expect(await uids()).toStrictEqual(before);
  expect(readFileSync(file(1), 'utf8')).toBe(text);
});

async function readyNode(): Promise<{ status: string; lastHeartbeatTime: string }> {
  const { status } = await cluster.get('/api/v1/nodes/node-1');
  return status.conditions.find(({ type }: any) => type === 'Ready');
}

test('stays on a node that is drained, and comes to one that is cordoned', async () => {
  const before = await uids();
  await cluster.applyOrThrow([{
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bystander', namespace: NAMESPACE, labels: { app: 'bystander' } },
    spec: { nodeName: 'node-1', terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image: 'busybox:1.36.1', command: ['sleep', '36000'] }] },
  }]);
  await cluster.kubectlOrThrow(['drain', 'node-1', '--ignore-daemonsets', '--force', '--timeout=150s', '--pod-selector', 'app=bystander']);
  // The control: a pod of no DaemonSet goes.
  expect(await podsOf(cluster, NAMESPACE, 'app=bystander')).toStrictEqual([]);
  await cluster.kubectlOrThrow(['drain', 'node-1', '--ignore-daemonsets', '--timeout=150s', '--pod-selector', 'app.kubernetes.io/name=seccomp-profiles']);
  expect(await uids()).toStrictEqual(before);

  const pod = await podOn(cluster, 1, NAMESPACE);
  await cluster.kubectlOrThrow(['delete', 'pod', pod.metadata.name, '--namespace', NAMESPACE]);
  await cluster.eventually('another pod on the cordoned node', async () => {
    const other = await podOn(cluster, 1, NAMESPACE);
    return other && other.metadata.uid !== pod.metadata.uid && isReady(other);
  });
});
