import { mkdirSync, writeFileSync } from 'fs';
import { Cluster } from './cluster';
import { FAILURES } from './failures';
import { deleteNamespaces, podsOf } from './workloads';
import { execute } from '../cli/scenario';

const NAMESPACE = 'failures';

let cluster: Cluster;
const table: string[] = [];

beforeAll(async () => {
  cluster = Cluster.running();
  await cluster.makeNamespaces([NAMESPACE]);
  const directory = cluster.onDisk(1, 'seccomp/failures');
  mkdirSync(`${directory}/directory.json`, { recursive: true });
  for (const { name, profile } of FAILURES) if (profile !== undefined) writeFileSync(`${directory}/${name}.json`, profile);
  await cluster.applyOrThrow(FAILURES.map(({ name, command, image = 'busybox:1.36.1', mode, path }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      nodeSelector: { 'kubernetes.io/hostname': 'node-1' },
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      securityContext: { seccompProfile: mode ? { type: mode } : { type: 'Localhost', localhostProfile: path ?? `failures/${name}.json` } },
      containers: [{ name: 'main', image, command: command ?? ['sleep', '36000'] }],
    },
  })));
});

afterAll(async () => {
  process.stdout.write(`${table.sort().join('\n')}\n`);
  await deleteNamespaces(cluster, NAMESPACE);
});

/** What whoever looks for the cause hands on: `kubectl describe pod` and the logs. */
async function story(name: string): Promise<string> {
  return cluster.eventually(`end of ${name}`, async () => {
    const [pod] = (await podsOf(cluster, NAMESPACE)).filter(({ metadata }) => metadata.name === name);
    const { state } = pod.status.containerStatuses?.[0] ?? {};
    if (!state?.terminated && !/Err|BackOff/.test(state?.waiting?.reason ?? '')) return undefined;
    const describe = await cluster.kubectlOrThrow(['describe', 'pod', name, '--namespace', NAMESPACE]);
    const { stdout, stderr } = await cluster.kubectl(['logs', name, '--namespace', NAMESPACE]);
    return `${describe}\n${stdout}\n${stderr}`;
  });
}

test.each(FAILURES.map(failure => [failure.name, failure] as const))('recognises %s', async (name, { expected }) => {
  const { stdout, stderr } = execute(['diagnose', '--format', 'json'], cluster.directory, await input(name));
  const found = ids(stdout);
  table.push(`${name.padEnd(24)} ${found.join(', ') || '-'}`);
  expect({ stderr, found: found.filter(id => expected.includes(id)) }).toStrictEqual({ stderr: '', found: [...expected].sort() });
});

async function input(name: string): Promise<{ stdin: () => string }> {
  const text = await story(name);
  return { stdin: () => text };
}

function ids(json: string): string[] {
  return [...new Set<string>(JSON.parse(json).findings.map(({ symptom }: any) => symptom))].sort();
}
