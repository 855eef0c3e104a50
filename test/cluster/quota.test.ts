import { Cluster } from './cluster';
import { denying, namespaceObject, synth } from './synth';
import { deleteNamespaces, events, podsOf, rolledOut } from './workloads';
import { PriorityClassQuota, SeccompProfileDaemonSet } from '../../src';

const WITH = 'quota';
const WITHOUT = 'no-quota';
const REFUSAL = 'insufficient quota to match these scopes: [{PriorityClass In [system-node-critical system-cluster-critical]}]';

let cluster: Cluster;

function manifests(namespace: string, priorityClassQuota?: PriorityClassQuota): any[] {
  return [namespaceObject(namespace), ...synth(namespace, chart => {
    new SeccompProfileDaemonSet(chart, 'Profiles', { priorityClassQuota }).addProfile(`${namespace}/app.json`, denying('swapon'));
  })];
}

beforeAll(() => { cluster = Cluster.running(); });
afterAll(async () => deleteNamespaces(cluster, WITH, WITHOUT));

test('starts installers where priority classes of the system need a ResourceQuota, and none without it', async () => {
  await cluster.applyOrThrow([...manifests(WITHOUT, PriorityClassQuota.NONE), ...manifests(WITH)]);
  await rolledOut(cluster, WITH, 'quota-profiles');
  await cluster.eventually('refusal of the pods without a quota', async () => (await events(cluster, WITHOUT)).some(message => message.includes(REFUSAL)));
  expect(await podsOf(cluster, WITHOUT)).toStrictEqual([]);
});

test('counts the pods of the class, and lets other pods and other classes alone', async () => {
  const quotas = await cluster.eventually('count', async () => {
    const list = await cluster.get(`/api/v1/namespaces/${WITH}/resourcequotas`);
    return list.items[0].status.used?.pods === '2' && list.items;
  });
  expect(quotas.map(({ status }: any) => status)).toStrictEqual([{ hard: { pods: '1G' }, used: { pods: '2' } }]);
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'plain', namespace: WITH }, spec: { containers: [{ name: 'main', image: 'busybox:1.36.1', command: ['sleep', '9'] }] } };
  await cluster.applyOrThrow([pod]);
});
