import { Cluster } from './cluster';
import { denying, NEVER, synth } from './synth';
import { deleteNamespaces, isReady, logsOf, podsOf, rolledOut } from './workloads';
import { SeccompMode, SeccompProfileDaemonSet, SeccompSecuredPod } from '../../src';

const NAMESPACE = 'containers';
const SHOW = ['sh', '-c', 'grep ^Seccomp: /proc/self/status; exec sleep 3600'];
const NODES = ['node-1', 'node-2'];
const MODES = { Unconfined: 0, RuntimeDefault: 2, Localhost: 2 } as const;

let cluster: Cluster;

/** A pod of each mode on each node, each with a container that nothing of ours has seen, as a webhook injects it. */
function manifests(): any[] {
  const written = synth(NAMESPACE, chart => {
    const profile = new SeccompProfileDaemonSet(chart, 'Profiles', { resync: NEVER }).addProfile('profiles/containers.json', denying('swapon'));
    const modes = { Unconfined: SeccompMode.UNCONFINED, RuntimeDefault: SeccompMode.RUNTIME_DEFAULT, Localhost: SeccompMode.localhost(profile) };
    for (const [name, seccomp] of Object.entries(modes)) {
      for (const node of NODES) {
        new SeccompSecuredPod(chart, `${name}-${node}`, {
          metadata: { name: `${name.toLowerCase()}-${node}`, labels: { mode: name } },
          seccomp,
          securityContext: { ensureNonRoot: false },
          initContainers: [{ name: 'init', image: 'busybox:1.36.1', command: ['grep', '^Seccomp:', '/proc/self/status'], securityContext: { ensureNonRoot: false }, resources: {} }],
          containers: [{ name: 'main', image: 'busybox:1.36.1', command: SHOW, securityContext: { ensureNonRoot: false }, resources: {} }],
        });
      }
    }
  });
  for (const manifest of written.filter(({ kind }) => kind === 'Pod')) {
    manifest.spec.nodeSelector = { 'kubernetes.io/hostname': manifest.metadata.name.slice(-6) };
    manifest.spec.terminationGracePeriodSeconds = 0;
    [...manifest.spec.containers, ...manifest.spec.initContainers].forEach(container => { container.imagePullPolicy = 'IfNotPresent'; });
    manifest.spec.containers.push({ name: 'injected', image: 'busybox:1.36.1', command: SHOW });
  }
  return written;
}

beforeAll(async () => {
  cluster = Cluster.running();
  await cluster.makeNamespaces([NAMESPACE]);
  await cluster.applyOrThrow(manifests());
});

afterAll(async () => deleteNamespaces(cluster, NAMESPACE));

test('gives every container of a pod the mode of the pod: init, injected and ephemeral ones too, under runc and crun', async () => {
  await rolledOut(cluster, NAMESPACE, 'containers-profiles');
  const pods = await cluster.eventually('start of the pods', async () => {
    const found = (await podsOf(cluster, NAMESPACE)).filter(({ metadata }) => metadata.labels.mode);
    return found.length === 6 && found.every(isReady) && found;
  });
  for (const { metadata } of pods) {
    const { status, body } = await cluster.ask('PATCH', `/api/v1/namespaces/${NAMESPACE}/pods/${metadata.name}/ephemeralcontainers`,
      { spec: { ephemeralContainers: [{ name: 'debug', image: 'busybox:1.36.1', command: SHOW }] } }, 'application/strategic-merge-patch+json');
    expect({ status, body: status === 200 ? '' : body }).toStrictEqual({ status: 200, body: '' });
  }
  const lines: string[] = [];
  for (const pod of pods) {
    for (const container of ['init', 'main', 'injected', 'debug']) {
      const text = await cluster.eventually(`output of ${container} in ${pod.metadata.name}`, async () => logsOf(cluster, pod, container).catch(() => ''));
      lines.push(`${pod.metadata.name} ${container} ${text.trim()}`);
    }
  }
  const expected = Object.entries(MODES).flatMap(([mode, seccomp]) => NODES.flatMap(node =>
    ['init', 'main', 'injected', 'debug'].map(container => `${mode.toLowerCase()}-${node} ${container} Seccomp:\t${seccomp}`)));
  expect(lines.sort()).toStrictEqual(expected.sort());
});
