import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Account, ApiServer, NODE, TOKEN } from './api-server';
import { GatedNodeProps, GatedNodes, MARK_SCRIPT, ONE, TWO } from './gated-node';
import { NodeGate, SeccompProfileDaemonSet } from '../../../src';
import { DASH_AND_COREUTILS, mutant } from '../installer/installer';
import { Container } from '../runtimes/oci-runtime';
import { sleep, until } from '../runtimes/processes';

let nodes: GatedNodes;
let account: Account;
const servers: ApiServer[] = [];

beforeAll(async () => {
  nodes = await GatedNodes.start();
  account = await Account.make(nodes.node.makeDirectory('account'));
});

afterEach(async () => {
  await nodes.removeContainers();
  for (const server of servers.splice(0)) await server.stop();
});

afterAll(async () => nodes.stop());

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

const label = (path: string) => NodeGate.nodeLabel().labelOf(path);
const marked = (...paths: string[]) => Object.fromEntries([['kubernetes.io/os', 'linux'], ...paths.map(path => [label(path), 'true'])]);
const body = (labels: Record<string, 'true' | null>) => ({ metadata: { labels } });

interface ServedNodeProps extends Partial<GatedNodeProps> {
  /** Address of the server. */
  readonly host?: string;
  /** Whom the installer trusts. */
  readonly trusted?: Account;
}

async function prepareWithServer({ host, trusted = account, env, ...props }: ServedNodeProps = {}) {
  const server = await ApiServer.start(account, host);
  servers.push(server);
  const gated = nodes.make({
    mark: 'node-label', hostNetwork: true, userland: DASH_AND_COREUTILS, mounts: [trusted.mount], env: { ...server.env, ...env }, ...props,
  });
  return { gated, server };
}

/** The arguments of every process of the machine that mention a text. */
function argumentsWith(text: string): string[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return ''; // It has ended.
    }
  }).filter(line => line.includes(text));
}

const bodies = (server: ApiServer) => server.requests.map(request => JSON.parse(request.body));

test('is set by one request, whose token no other process sees', async () => {
  const { gated, server } = await prepareWithServer();
  const seen: Record<string, number> = {};
  server.onRequest = () => {
    for (const text of [TOKEN, `/api/v1/nodes/${NODE.metadata.name}`]) seen[text] = argumentsWith(text).length;
  };
  const { status, stdout } = await gated.once();
  expect(status).toBe(0);
  expect(server.requests).toStrictEqual([expect.objectContaining({
    method: 'PATCH',
    url: '/api/v1/nodes/node-1.example',
    headers: expect.objectContaining({ 'authorization': `Bearer ${TOKEN}`, 'content-type': 'application/merge-patch+json' }),
  })]);
  expect(bodies(server)).toStrictEqual([body({ [label(ONE)]: 'true', [label(TWO)]: 'true' })]);
  expect(server.labels).toStrictEqual(marked(ONE, TWO));
  expect(seen).toStrictEqual({ [TOKEN]: 0, '/api/v1/nodes/node-1.example': 1 });
  expect(stdout).not.toContain(TOKEN);
});

test('is set by a script that shows the token, which the test sees', async () => {
  const script = mutant('--request PATCH', '--header "Authorization: Bearer $token" --request PATCH', MARK_SCRIPT);
  const { gated, server } = await prepareWithServer({ mutants: { [MARK_SCRIPT]: script } });
  let seen = 0;
  server.onRequest = () => { seen = argumentsWith(TOKEN).length; };
  await gated.once();
  expect(seen).toBe(1);
});

test('is set over IPv6', async () => {
  const { gated, server } = await prepareWithServer({ host: '::1' });
  expect((await gated.once()).status).toBe(0);
  expect(server.labels).toStrictEqual(marked(ONE, TWO));
  expect(server.requests[0].headers.host).toMatch(/^\[::1\]:\d+$/);
});

test('is never set at a server that another authority vouches for', async () => {
  const { gated, server } = await prepareWithServer({ trusted: await Account.make(nodes.node.makeDirectory('account')) });
  expect(await gated.once()).toStrictEqual({ status: 1, stdout: expect.stringContaining('it has: curl: (60) SSL certificate problem') });
  expect(server.requests).toStrictEqual([]);
});

test.each<[string, (server: ApiServer) => unknown, string]>([
  ['refuses', server => { server.status = 403; }, 'curl: (22) The requested URL returned error: 403'],
  ['fails', server => { server.status = 500; }, 'curl: (22) The requested URL returned error: 500'],
  ['does not answer', server => { server.status = undefined; }, 'curl: (28) Operation timed out'],
])('is tried again, later and later and with one line in the log, while the server %s', async (_, strike, message) => {
  const impatient = mutant('--max-time 10', '--max-time 1', MARK_SCRIPT);
  const { gated, server } = await prepareWithServer({ resyncSeconds: 60, mutants: { [MARK_SCRIPT]: impatient } });
  strike(server);
  const container = gated.start();
  await until('second request', () => server.requests.length === 2, 15_000);
  expect(await gated.isReady(container)).toBe(true);
  expect(server.labels).toStrictEqual(NODE.metadata.labels);
  const said = readFileSync(join(gated.target, '.cdk8s-seccomp/test/mark'), 'utf8').trim().split('\n');
  expect(said).toStrictEqual(['?', ...[ONE, TWO].map(path => label(path).replace(/^.*\//, '')).sort()]);
  server.status = 200;
  await until('labels', () => label(ONE) in server.labels);
  const [first, second, third] = server.requests.map(({ time }) => time);
  expect(second - first).toBeGreaterThanOrEqual(1_000);
  expect(third - second).toBeGreaterThanOrEqual(2_000);
  expect(occurrences(container.output(), 'the node does not say which profiles it has')).toBe(1);
  expect(container.output()).toContain(message);
});

test('is tried with one line in the log while nobody listens', async () => {
  const { gated, server } = await prepareWithServer();
  await server.stop();
  servers.splice(servers.indexOf(server), 1);
  const container = gated.start();
  await until('complaint', () => container.output().includes('curl: (7) Failed to connect'));
  await sleep(4_000);
  expect(occurrences(container.output(), 'error: ')).toBe(1);
});

test('is taken away with the profile, and set again with it', async () => {
  const { gated, server } = await prepareWithServer();
  gated.start();
  await until('labels', () => server.requests.length === 1);
  gated.block(TWO);
  await until('removal', () => server.requests.length === 2);
  expect(server.labels).toStrictEqual(marked(ONE));
  rmdirSync(gated.at(TWO));
  await until('return', () => server.requests.length === 3);
  expect(server.labels).toStrictEqual(marked(ONE, TWO));
  expect(bodies(server).slice(1)).toStrictEqual([body({ [label(ONE)]: 'true', [label(TWO)]: null }), body({ [label(ONE)]: 'true', [label(TWO)]: 'true' })]);
});

test('is taken away by a pod that did not set it', async () => {
  const { gated, server } = await prepareWithServer();
  await gated.once();
  gated.release(ONE);
  rmSync(gated.at(TWO));
  await gated.once();
  expect(server.labels).toStrictEqual(marked(ONE));
});

test('is taken away although the server has refused the first time', async () => {
  const { gated, server } = await prepareWithServer();
  await gated.once();
  gated.release(ONE);
  rmSync(gated.at(TWO));
  server.status = 403;
  expect((await gated.once()).status).toBe(1);
  expect(server.labels).toStrictEqual(marked(ONE, TWO));
  server.status = 200;
  expect((await gated.once()).status).toBe(0);
  expect(server.labels).toStrictEqual(marked(ONE));
});

test('is sent again only after so many rounds when nothing has changed', async () => {
  const script = mutant('ROUNDS_BETWEEN_LABELS=60', 'ROUNDS_BETWEEN_LABELS=4', MARK_SCRIPT);
  const { gated, server } = await prepareWithServer({ mutants: { [MARK_SCRIPT]: script } });
  gated.start();
  await until('second request', () => server.requests.length === 2);
  const [first, second] = server.requests;
  expect(second.body).toBe(first.body);
  // Four rounds of a second each, the first of them sooner.
  expect(second.time - first.time).toBeGreaterThanOrEqual(4_000);
  expect(second.time - first.time).toBeLessThan(7_000);
});

const stopped = async (container: Container) => {
  await container.terminate();
  await container.exited;
  return container.remove();
};

test('goes with the DaemonSet, except for a profile that another one has', async () => {
  const { gated, server } = await prepareWithServer({ env: { ON_DELETE: 'remove' } });
  const other = nodes.make({
    mark: 'node-label', owner: 'other', sharing: gated, hostNetwork: true, userland: DASH_AND_COREUTILS, mounts: [account.mount], env: server.env,
  });
  other.release(TWO);
  await other.once();
  const container = gated.start();
  await until('labels', () => label(ONE) in server.labels);
  expect(await stopped(container)).toMatchObject({ status: 0, stderr: '' });
  expect(server.labels).toStrictEqual(marked(TWO));
});

test('stays, and the log says so, when the server refuses at the end; the files go', async () => {
  const { gated, server } = await prepareWithServer({ env: { ON_DELETE: 'remove' } });
  const container = gated.start();
  await until('labels', () => server.requests.length === 1);
  await until('readiness', () => container.output().includes('ready: every profile is in place'));
  server.status = 403;
  expect((await stopped(container)).stdout).toContain('error: the node does not say which profiles it has: curl: (22)');
  expect([ONE, TWO].map(path => existsSync(gated.at(path)))).toStrictEqual([false, false]);
});

function synthesize(namespace?: string): ApiObject[] {
  const chart = new Chart(new App(), 'app', { namespace });
  new SeccompProfileDaemonSet(chart, 'Profiles', { nodeGate: NodeGate.nodeLabel() });
  return chart.node.findAll().filter(construct => ApiObject.isApiObject(construct));
}

test('fails without a namespace', () => {
  expect(() => synthesize()).toThrow(new Error('nodeGate nodeLabel needs a namespace, expected one here or in the chart: '
    + 'the ClusterRoleBinding has to name the namespace of the ServiceAccount'));
});

test('binds the account of each namespace by a binding of its own, and may patch nodes only', () => {
  const [[roleOfA, bindingOfA, accountOfA], [, bindingOfB]] = ['a', 'b'].map(namespace =>
    ['ClusterRole', 'ClusterRoleBinding', 'ServiceAccount'].map(kind => synthesize(namespace).find(object => object.kind === kind)!));
  expect(bindingOfA.name).not.toBe(bindingOfB.name);
  expect(roleOfA.toJson().rules).toStrictEqual([{ apiGroups: [''], resources: ['nodes'], verbs: ['patch'] }]);
  expect(bindingOfA.toJson()).toMatchObject({
    roleRef: { kind: 'ClusterRole', name: roleOfA.name }, subjects: [{ kind: 'ServiceAccount', name: accountOfA.name, namespace: 'a' }],
  });
  expect([roleOfA, bindingOfA].map(object => object.toJson().metadata.namespace)).toStrictEqual([undefined, undefined]);
});
