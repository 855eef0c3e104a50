import { mkdirSync, rmdirSync, rmSync } from 'fs';
import { Cluster } from './cluster';
import { denying, namespaceObject, synth } from './synth';
import { condition, deleteNamespaces, isReady, podOn, podsOf, rolledOut } from './workloads';
import { NodeGate, NodePatchPolicy, SeccompMode, SeccompProfileDaemonSet, SeccompSecuredDeployment } from '../../src';

const NARROW = 'gate';
const WIDE = 'gate-wide';
const BOTH = [1, 2];

let cluster: Cluster;
let path: string;
let label: string;

function manifests(namespace: string, patchPolicy: NodePatchPolicy): any[] {
  const gate = NodeGate.nodeLabel({ patchPolicy });
  return [namespaceObject(namespace), ...synth(namespace, chart => {
    const profile = new SeccompProfileDaemonSet(chart, 'Profiles', { nodeGate: gate }).addProfile(`${namespace}/app.json`, denying('swapon'));
    if (namespace === NARROW) {
      path = profile.localhostProfile;
      label = gate.labelOf(path);
    }
    new SeccompSecuredDeployment(chart, 'App', {
      replicas: 1,
      seccomp: SeccompMode.localhost(profile),
      securityContext: { ensureNonRoot: false },
      containers: [{ name: 'main', image: 'busybox:1.36.1', command: ['sleep', '36000'], securityContext: { ensureNonRoot: false }, resources: {} }],
    });
  })];
}

beforeAll(async () => {
  cluster = Cluster.running();
  const [narrow, wide] = [manifests(NARROW, NodePatchPolicy.OWN_LABELS), manifests(WIDE, NodePatchPolicy.UNRESTRICTED)];
  // The workload first: without a label there is no node for it.
  const isApp = ({ kind }: any) => ['Namespace', 'Deployment'].includes(kind);
  for (const { spec } of narrow.filter(({ kind }) => kind === 'Deployment')) spec.template.spec.containers[0].imagePullPolicy = 'IfNotPresent';
  await cluster.applyOrThrow(narrow.filter(isApp));
  await cluster.eventually('a pod that no node is there for', async () =>
    (await podsOf(cluster, NARROW)).find(pod => condition(pod, 'PodScheduled')?.message?.includes("didn't match Pod's node affinity/selector")));
  await cluster.applyOrThrow([...narrow, ...wide.filter(({ kind }) => kind !== 'Deployment')]);
  await rolledOut(cluster, NARROW, `${NARROW}-profiles`);
  await rolledOut(cluster, WIDE, `${WIDE}-profiles`);
});

afterAll(async () => {
  await deleteNamespaces(cluster, NARROW, WIDE);
  for (const kind of ['validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'clusterroles', 'clusterrolebindings']) {
    await cluster.kubectlOrThrow(['delete', kind, '--selector', 'app.kubernetes.io/name=seccomp-profiles']);
  }
});

async function hasLabel(node: number): Promise<boolean> {
  return (await cluster.get(`/api/v1/nodes/node-${node}`)).metadata.labels[label] === 'true';
}

test('labels each node that has the profile, and lets the workload onto it', async () => {
  await cluster.eventually('labels', async () => (await Promise.all(BOTH.map(hasLabel))).every(Boolean));
  await cluster.eventually('the workload', async () => (await podsOf(cluster, NARROW)).some(pod => !pod.spec.serviceAccountName?.includes('nodepatcher') && isReady(pod)));
});

test('takes the label away from a node whose file cannot be put right, and gives it back', async () => {
  const file = cluster.onDisk(1, `seccomp/${path}`);
  rmSync(file);
  mkdirSync(file);
  await cluster.eventually('end of the label', async () => !await hasLabel(1));
  expect(await hasLabel(2)).toBe(true);
  rmdirSync(file);
  await cluster.eventually('label', async () => hasLabel(1));
});

test('has the least rights', async () => {
  const { items } = await cluster.get(`/api/v1/namespaces/${NARROW}/serviceaccounts`);
  const account = items.map(({ metadata }: any) => metadata.name).find((name: string) => name !== 'default');
  const can = async (...what: string[]) => (await cluster.kubectl(['auth', 'can-i', ...what, '--as', `system:serviceaccount:${NARROW}:${account}`])).stdout.trim();
  expect([await can('patch', 'nodes'), await can('get', 'nodes'), await can('patch', 'nodes', '--subresource', 'status'), await can('list', 'pods'), await can('update', 'nodes')])
    .toStrictEqual(['yes', 'no', 'no', 'no', 'no']);
});

/** Patches a node with the token of the installer on node 1, as whoever takes over that pod would; the status and the message of the answer. */
async function patchAs(namespace: string, node: number, patch: object): Promise<{ code: number; message: string }> {
  const pod = await podOn(cluster, 1, namespace, 'app.kubernetes.io/name=seccomp-profiles');
  const account = '/var/run/secrets/kubernetes.io/serviceaccount';
  const command = `curl --silent --cacert ${account}/ca.crt --header "Authorization: Bearer $(cat ${account}/token)" --request PATCH `
    + '--header "Content-Type: application/merge-patch+json" --data "$0" --write-out "\\n%{http_code}" '
    + `"https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/api/v1/nodes/node-${node}?dryRun=All"`;
  const answer = await cluster.kubectlOrThrow(['exec', '--namespace', namespace, pod.metadata.name, '--', 'sh', '-c', command, JSON.stringify(patch)]);
  const [body, code] = [answer.slice(0, answer.lastIndexOf('\n')), Number(answer.slice(answer.lastIndexOf('\n')))];
  return { code, message: code === 200 ? '' : JSON.parse(body).message };
}

const PATCHES: [what: string, node: number, patch: object, refusal: string][] = [
  ['a label of this library on its own node', 1, { metadata: { labels: { 'cdk8s-seccomp/seccomp-profile-0123456789abcdef': 'true' } } }, ''],
  ['the end of such a label', 1, { metadata: { labels: { 'cdk8s-seccomp/seccomp-profile-0123456789abcdef': null } } }, ''],
  ['a label of this library on another node', 2, { metadata: { labels: { 'cdk8s-seccomp/seccomp-profile-0123456789abcdef': 'true' } } }, 'own node alone'],
  ['another label on its own node', 1, { metadata: { labels: { 'node-role.kubernetes.io/control-plane': '' } } }, 'and nothing else'],
  ['the end of another label', 1, { metadata: { labels: { 'kubernetes.io/os': null } } }, 'and nothing else'],
  ['an annotation', 1, { metadata: { annotations: { a: 'b' } } }, 'and nothing else'],
  ['a finalizer', 1, { metadata: { finalizers: ['example.com/a'] } }, 'and nothing else'],
  ['a taint', 1, { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } }, 'and nothing else'],
  ['a cordon', 1, { spec: { unschedulable: true } }, 'and nothing else'],
];

test.each(PATCHES)('lets the pod of an installer patch, or not: %s', async (_, node, patch, refusal) => {
  const { code, message } = await patchAs(NARROW, node, patch);
  expect({ code, isExpected: message.includes(refusal) }).toStrictEqual({ code: refusal ? 422 : 200, isExpected: true });
  // The control: without the policy it may change everything everywhere.
  expect(await patchAs(WIDE, node, patch)).toStrictEqual({ code: 200, message: '' });
});

test('has a policy that the type checker of the API server has nothing against', async () => {
  const list = await cluster.eventually('type check', async () => {
    const { items } = await cluster.get('/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies?labelSelector=app.kubernetes.io/name=seccomp-profiles');
    return items.length > 0 && items.every(({ status }: any) => status?.observedGeneration !== undefined) && items;
  });
  expect(list.map(({ status }: any) => status.typeChecking)).toStrictEqual([{}]);
});
