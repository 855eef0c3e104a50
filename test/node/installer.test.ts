import { appendFileSync, chmodSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { MindieProfile, NodeArchitecture } from '../../src';
import { ConfigMapVolume, Files } from './installer/config-map-volume';
import { DASH_AND_COREUTILS, documentPath, Installer, InstallerProps, SCRIPT, Userland, withDigests } from './installer/installer';
import { OciRuntime } from './runtimes/oci-runtime';
import { runProcess, sleep, until } from './runtimes/processes';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';

const PROFILE = 'profiles/mindie/mindie-motor-seccomp-blacklist.json';

/** The node documents of the reference profile, where the installer looks for them. */
const DOCUMENTS: Files = Object.fromEntries(MindieProfile.reference().nodes.map(kind =>
  [documentPath(PROFILE, kind), MindieProfile.reference().forNode(kind).toJson()]));

const AMD64 = documentFor(NodeArchitecture.AMD64);

let node: TestNode;
let runtime: OciRuntime;
let rootfs: string;
const installers: Installer[] = [];

beforeAll(async () => {
  node = await TestNode.start();
  runtime = OciRuntime.runc(node);
  rootfs = await makeRootfs(node);
});

afterEach(async () => {
  for (const installer of installers.splice(0)) await installer.removeContainers();
});

afterAll(async () => node.stop());

test('passes shellcheck as a POSIX shell script', async () => {
  expect(await runProcess(['shellcheck', '--shell', 'sh', '--norc', '--external-sources', '--check-sourced', SCRIPT])).toMatchObject({ status: 0, stdout: '' });
});

test('installs the document of this node, readable by everybody, and is ready only then', async () => {
  const { installer, file } = prepare();
  expect((await installer.run('check')).status).toBe(1);
  const container = installer.start();
  await until('installation', () => existsSync(file));
  await until('readiness', async () => installer.isReady(container));
  expect(readFileSync(file, 'utf8')).toBe(AMD64);
  expect(modeOf(file)).toBe('644');
  expect(modeOf(dirname(file))).toBe('755');
  expect(lstatSync(file).isFile()).toBe(true);
});

test.each<[string, (file: string) => void]>([
  ['is changed', file => appendFileSync(file, ' ')],
  ['is truncated', file => truncateSync(file, 100)],
  ['is removed', file => rmSync(file)],
  ['is removed with its directories', file => rmSync(dirname(file), { recursive: true })],
  ['loses its mode', file => chmodSync(file, 0o600)],
  ['becomes a link', file => { rmSync(file); symlinkSync('/etc/hostname', file); }],
])('repairs a file that %s', async (_, damage) => {
  const { installer, file } = prepare({ resyncSeconds: 1 });
  const container = installer.start();
  await until('installation', () => isInstalled(file));
  damage(file);
  expect(isInstalled(file)).toBe(false);
  // One second between two looks, and time for the look itself on a busy machine.
  await until('repair', () => isInstalled(file), 3_000);
  expect(await installer.isReady(container)).toBe(true);
});

test('installs an updated ConfigMap long before the next resync', async () => {
  const { installer, file, source } = prepare({ resyncSeconds: 60 });
  const container = installer.start();
  await until('installation', () => isInstalled(file));
  const update = withNewline(AMD64);
  source.update(withDigests({ ...DOCUMENTS, [documentPath(PROFILE, NodeArchitecture.AMD64)]: update }));
  expect(await installer.isReady(container)).toBe(false);
  await until('installation of the update', () => isInstalled(file, update), 8_000);
  expect(await installer.isReady(container)).toBe(true);
});

test('repairs what a failing check has seen, long before the next resync, and tells a probe once that it has started', async () => {
  const state = node.makeDirectory('state');
  const { installer, file } = prepare({ resyncSeconds: 3_600, state });
  const container = installer.start();
  const hasStarted = async () => (await container.exec(['sh', '/opt/install-profiles.sh', 'started'])).status === 0;
  await until('start', hasStarted);
  expect(isInstalled(file)).toBe(true);
  appendFileSync(file, ' ');
  // The control: as long as no check fails, nothing happens.
  await sleep(6_000);
  expect(isInstalled(file)).toBe(false);
  expect(await installer.isReady(container)).toBe(false);
  await until('repair', () => isInstalled(file), 8_000);
  expect(await installer.isReady(container)).toBe(true);
  expect(await hasStarted()).toBe(true);
});

test('has not started before every profile is in place, also when its container is not the first of the pod', async () => {
  const state = node.makeDirectory('state');
  writeFileSync(join(state, 'installed'), '');
  const { installer } = prepare({ resyncSeconds: 1, userland: pretending('sparc64'), state });
  const container = installer.start();
  await until('complaint', () => container.output().includes('has no document for this node'));
  expect((await container.exec(['sh', '/opt/install-profiles.sh', 'started'])).status).toBe(1);
});

test('stops on SIGTERM without waiting for the next look, and leaves the files', async () => {
  const { installer, file } = prepare({ resyncSeconds: 60 });
  const container = installer.start();
  await until('installation', () => isInstalled(file));
  const begin = Date.now();
  await container.terminate();
  await container.exited;
  expect(Date.now() - begin).toBeLessThan(1_000);
  expect(await container.remove()).toMatchObject({ status: 0, stderr: '' });
  expect(isInstalled(file)).toBe(true);
});

test('never gets ready on a node that the profile has no document for, and says so', async () => {
  const { installer, file } = prepare({ resyncSeconds: 1, userland: pretending('sparc64') });
  const container = installer.start();
  const complaint = `error: ${PROFILE} has no document for this node (sparc64, kubernetes.io/arch sparc64): it stays not ready`;
  await until('complaint', () => container.output().includes(complaint));
  expect(await installer.isReady(container)).toBe(false);
  expect(existsSync(file)).toBe(false);
});

test('installs under dash and coreutils as well', async () => {
  const { installer, file } = prepare({ userland: DASH_AND_COREUTILS });
  expect((await installer.run('check')).status).toBe(1);
  expect(await installer.run('once')).toMatchObject({ status: 0, stderr: '' });
  expect(isInstalled(file)).toBe(true);
  expect((await installer.run('check')).status).toBe(0);
});

const SERVED = NodeArchitecture.all().flatMap(kind => kind.machines.map(machine => [machine, kind] as const))
  .filter(([, kind]) => documentPath(PROFILE, kind) in DOCUMENTS);

test.each(SERVED)('installs on a %s machine the document for %s nodes', async (machine, kind) => {
  const { installer, file } = prepare({ userland: pretending(machine) });
  expect(await installer.run('once')).toMatchObject({ status: 0, stderr: '' });
  expect(isInstalled(file, documentFor(kind))).toBe(true);
});

function prepare(props: Partial<InstallerProps> = {}) {
  const source = new ConfigMapVolume(node.makeDirectory('source'), withDigests(DOCUMENTS));
  const target = node.makeDirectory('target');
  const installer = new Installer({ runtime, rootfs, source: source.path, target, ...props });
  installers.push(installer);
  return { installer, source, target, file: join(target, PROFILE) };
}

function isInstalled(file: string, text = AMD64): boolean {
  return existsSync(file) && !lstatSync(file).isSymbolicLink() && modeOf(file) === '644' && readFileSync(file, 'utf8') === text;
}

function documentFor(kind: NodeArchitecture): string {
  return DOCUMENTS[documentPath(PROFILE, kind)];
}

/** Other bytes, same meaning. */
function withNewline(document: string): string {
  return `${document}\n`;
}

function modeOf(path: string): string {
  return lstatSync(path).mode.toString(8).slice(-3);
}

/** A userland whose `uname -m` tells of another machine. Not busybox: its shell runs its own uname whatever the PATH. */
function pretending(machine: string): Userland {
  const directory = node.makeDirectory('uname');
  writeFileSync(join(directory, 'uname'), `#!/bin/sh\necho ${machine}\n`, { mode: 0o755 });
  return {
    ...DASH_AND_COREUTILS,
    path: `/opt/fake:${DASH_AND_COREUTILS.path}`,
    mounts: [...DASH_AND_COREUTILS.mounts, { source: directory, destination: '/opt/fake' }],
  };
}
