import { Cluster } from './cluster';
import { FILTERED, ROLE_PROGRAM, RoleReport, UNFILTERED } from './role';
import { example, ModeName } from './synth';
import { deleteNamespaces, isReady, logsOf, podsOf, rolledOut, waitingReason } from './workloads';

const NAMESPACE = 'mindie';
const ROLES = 6;

let cluster: Cluster;

beforeAll(async () => {
  cluster = Cluster.running();
  await cluster.kubectlOrThrow(['label', 'nodes', '--all', 'accelerator=huawei-Ascend910', 'accelerator-type=module-910b-8']);
});

afterEach(async () => {
  await cluster.kubectlOrThrow(['delete', 'namespace', NAMESPACE, 'seccomp-profiles', '--ignore-not-found', '--timeout=170s'], { timeoutMs: 180_000 });
});

afterAll(async () => deleteNamespaces(cluster, NAMESPACE, 'seccomp-profiles'));

/** What MindIE's deployment tool makes, beside the manifests. */
const CONFIG = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'motor-config', namespace: NAMESPACE },
  data: { 'boot.sh': `exec python3 -c "$(cat <<'END'${ROLE_PROGRAM}END\n)"`, 'probe.sh': 'exit 0' },
};

/** The example for machines without NPUs: no resources, no Volcano, host paths that can be made; half of the roles on each node. */
function adapt(manifests: any[]): any[] {
  let count = 0;
  for (const { kind, spec } of manifests) {
    if (kind !== 'Deployment') continue;
    const pod = spec.template.spec;
    delete pod.schedulerName;
    pod.nodeSelector = { 'kubernetes.io/hostname': `node-${count++ % 2 + 1}` };
    for (const container of pod.containers) {
      delete container.resources;
      container.imagePullPolicy = 'IfNotPresent';
    }
    for (const { hostPath } of pod.volumes) {
      if (hostPath) Object.assign(hostPath, { path: `/run/example${hostPath.path}`, type: 'DirectoryOrCreate' });
    }
  }
  return manifests;
}

async function reports(): Promise<{ role: string; node: string; report: RoleReport }[]> {
  const pods = await cluster.eventually('start of every role', async () => {
    const found = await podsOf(cluster, NAMESPACE);
    return found.length === ROLES && found.every(isReady) && found;
  });
  return Promise.all(pods.map(async pod => ({
    role: pod.metadata.labels.app, node: pod.spec.nodeName, report: JSON.parse((await logsOf(cluster, pod)).split('\n')[0]) as RoleReport,
  })));
}

function everyRole(report: RoleReport): unknown {
  const roles = ['controller', 'coordinator', 'kv-pool', 'kv-conductor', 'prefill', 'decode'].map(role => `mindie-motor-${role}`);
  return roles.map((role, index) => ({ role, node: `node-${index % 2 + 1}`, report }));
}

test('runs every role under the profile, after pods that came before it have waited', async () => {
  const manifests = adapt(example('localhost'));
  const isOfProfiles = ({ metadata }: any) => metadata.namespace === 'seccomp-profiles' || metadata.name === 'seccomp-profiles';
  await cluster.applyOrThrow([...manifests.filter(manifest => !isOfProfiles(manifest)), CONFIG]);
  await cluster.eventually('failure of every role without the profile', async () => {
    const pods = await podsOf(cluster, NAMESPACE);
    return pods.length === ROLES && pods.every(pod => waitingReason(pod) === 'CreateContainerError');
  });

  await cluster.applyOrThrow(manifests.filter(isOfProfiles));
  await rolledOut(cluster, 'seccomp-profiles', manifests.find(({ kind }) => kind === 'DaemonSet').metadata.name);
  expect(sorted(await reports())).toStrictEqual(sorted(everyRole(FILTERED)));
  const restarts = (await podsOf(cluster, NAMESPACE)).map(pod => pod.status.containerStatuses[0].restartCount);
  expect(restarts).toStrictEqual(Array(ROLES).fill(0));
});

test.each<[ModeName, RoleReport]>([
  ['runtime-default', FILTERED],
  // The control: the same program sees no filter where there is none.
  ['unconfined', UNFILTERED],
])('runs every role in mode %s, all applied at once', async (mode, report) => {
  await cluster.applyOrThrow([...adapt(example(mode)), CONFIG]);
  expect(sorted(await reports())).toStrictEqual(sorted(everyRole(report)));
});

function sorted(list: unknown): unknown[] {
  return [...list as { role: string }[]].sort((a, b) => a.role.localeCompare(b.role));
}
