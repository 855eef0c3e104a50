import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { FaultHost, NEW, OLD } from './installer/fault-host';
import { FaultTable } from './installer/fault-table';
import { Fault, FAULTS } from './installer/faults';
import { Installer, InstallerProps, mutant, SCRIPT, Userland } from './installer/installer';
import { allUserlands, NamedUserland } from './installer/userlands';
import { Container, OciRuntime } from './runtimes/oci-runtime';
import { sleep, until } from './runtimes/processes';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';

const NO_LEFTOVERS = './outside/file precious\n';

let node: TestNode;
let runtime: OciRuntime;
let rootfs: string;
let userlands: NamedUserland[];
const table = new FaultTable('faults of the node (fault, what the installer said, what was at the final name, what healed it)');
const controls = new FaultTable('the same with a broken installer (fault, what the test then says)');
const installers: Installer[] = [];
const hosts: FaultHost[] = [];

beforeAll(async () => {
  node = await TestNode.start();
  runtime = OciRuntime.runc(node);
  rootfs = await makeRootfs(node);
  userlands = await allUserlands(node);
});

afterAll(async () => {
  table.print();
  controls.print();
  for (const installer of installers) await installer.removeContainers();
  for (const host of hosts) await host.unmount();
  await node.stop();
});

async function prepare(props: Partial<InstallerProps>) {
  const host = await FaultHost.make(node);
  hosts.push(host);
  const installer = host.installer({ runtime, rootfs, env: { LOG_FORMAT: 'json' }, ...props });
  installers.push(installer);
  return { host, installer };
}

function isOfRecord(message: string): boolean {
  return message.startsWith('the record of what was installed is not written: ');
}

function messages(container: Container): string[] {
  return container.output().split('\n').filter(Boolean).map(line => JSON.parse(line).message);
}

async function suffer(fault: Fault, props: Partial<InstallerProps>, timeoutMs = 20_000): Promise<string[]> {
  const { host, installer } = await prepare(props);
  const container = installer.start();
  await untilReady(installer, container);
  const before = messages(container).length;
  const isSaid = () => messages(container).slice(before).some(message => JSON.stringify(message).includes(fault.says));
  await fault.strike(host);
  await until(`"${fault.says}"`, isSaid, timeoutMs);
  let leaves = 'repaired';
  if (fault.end) {
    const processes = await lastProcess(container, props.userland!);
    await sleep(2_200);
    // Two or three more looks in this time, none of which says it again. A look takes about 40 processes.
    expect(await lastProcess(container, props.userland!) - processes).toBeLessThan(400);
    const said = messages(container).slice(before).filter(message => JSON.stringify(message).includes(fault.says));
    expect(said.filter(message => !isOfRecord(message))).toHaveLength(1);
    expect(said.filter(isOfRecord).length).toBeLessThanOrEqual(1);
    expect(await installer.isReady(container)).toBe(false);
    leaves = await host.state();
    if (fault.leaves) expect(leaves).toBe(fault.leaves);
    await fault.end(host);
  }
  const healed = fault.then ?? (fault.end ? 'new' : 'old');
  await until('healing', async () => await host.state() === healed && installer.isReady(container), timeoutMs);
  expect(await host.others()).toBe(NO_LEFTOVERS);
  const said = messages(container).slice(before).find(message => JSON.stringify(message).includes(fault.says))!;
  return [said.replace(/^installed \S+ \(amd64\): /, ''), leaves, fault.end ? `${healed}, once it ended` : `${healed}, by itself`];
}

async function untilReady(installer: Installer, container: Container): Promise<void> {
  await until('start', () => container.output().includes('ready: every profile is in place (1)'), 20_000);
  expect(await installer.isReady(container)).toBe(true);
}

/** The number of the newest process: the kernel counts them, so it tells how many were started in between, however slow the machine is. */
async function lastProcess(container: Container, { shell }: Userland): Promise<number> {
  return Number((await container.exec([...shell, '-c', 'echo $$'])).stdout);
}

test('survives every fault, in every userland', async () => {
  await inParallel(FAULTS, async fault => {
    const outcomes = await Promise.all(userlands.map(async userland => suffer(fault, { userland }).catch(error => [error.message])));
    table.add(fault.name, ...outcomes[0]);
    for (const [index, outcome] of outcomes.entries()) expect([fault.name, userlands[index].name, ...outcome]).toHaveLength(5);
  });
});

const LINK_CHECK = 'if [ -L "./$name" ]; then';

const MUTANTS: ReadonlyArray<[string, string, string, RegExp]> = [
  ['source with another digest', 'if ! has_digest "$1"; then\n    echo "its', 'if false; then\n    echo "its', /did not happen/],
  ['source not JSON', 'elif ! is_json_object "$1"; then', 'elif false; then', /did not happen/],
  ['link on the way', LINK_CHECK, 'if false; then', /is a symbolic link.*did not happen/],
  ['mode changed', "'644 0 1'", '"$(stat -c \'%a %u %h\' "$1")"', /did not happen/],
  ['changed file of a far future', '  elif ! has_digest "$1"; then\n    echo changed', '  elif [ "$source" -nt "$1" ]; then\n    echo changed', /did not happen/],
  ['disk full', 'if [ "$1" = error ] && ! is_news "$message"; then return; fi', '', /toHaveLength/],
  ['read-only host path', 'delay=$retry', 'delay=0', /toBeLessThan/],
];

test('fails when the installer is broken', async () => {
  await inParallel(MUTANTS, async ([name, from, to, complaint]) => {
    const fault = FAULTS.find(candidate => candidate.name === name)!;
    const said = await suffer(fault, { userland: userlands[0], script: writeScript(mutant(from, to)) }, 4_000).then(() => 'nothing', error => error.message);
    controls.add(name, plain(said));
    expect(plain(said)).toMatch(complaint);
  });
});

/** A few at a time: most of the time they wait. */
async function inParallel<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await action(item);
  };
  await Promise.all(Array.from({ length: 5 }, work));
}

/** The first line of a message of jest, without colours. */
function plain(message: string): string {
  // eslint-disable-next-line no-control-regex
  return message.replace(/\u001b\[\d+m/g, '').replace(/\s+/g, ' ').slice(0, 120);
}

test('exits when the host path is removed, so that the kubelet mounts it again', async () => {
  for (const userland of userlands) {
    const { host, installer } = await prepare({ userland });
    const first = installer.start();
    await untilReady(installer, first);
    await host.sh('rm -r "$TARGET"');
    await first.exited;
    const { status, stdout } = await first.remove();
    expect(status).toBe(1);
    expect(stdout).toContain('/target is not there, or was removed on the node');
    // What a container runtime does when it starts the container again.
    await host.sh('mkdir "$TARGET"');
    const second = installer.start();
    await untilReady(installer, second);
    expect(await host.state()).toBe('old');
  }
  table.add('host path missing', '/target is not there, or was removed on the node', 'exit status 1', 'old, in the next container');
});

test('has several installers on one node at peace, with one owner and with two', async () => {
  const { host, installer } = await prepare({ userland: userlands[0] });
  const twins = [installer, ...[userlands[1], userlands[2]].map(userland => host.installer({ runtime, rootfs, userland, env: { OWNER: 'other' } }))];
  installers.push(...twins.slice(1));
  const containers = twins.map(twin => twin.start());
  for (const [index, twin] of twins.entries()) await untilReady(twin, containers[index]);
  for (const [version, text] of [['new', NEW], ['old', OLD], ['new', NEW]]) {
    host.update(text);
    await until(version, async () => await host.state() === version, 20_000);
    for (const [index, twin] of twins.entries()) expect(await twin.isReady(containers[index])).toBe(true);
  }
  await sleep(1_500);
  expect(await host.state()).toBe('new');
  expect(await host.others()).toBe(NO_LEFTOVERS);
  table.add('three installers, two of one owner', 'all ready', 'whole', 'no file left over');
});

test('exits instead of looping when it cannot sleep, and on a resync that is no number', async () => {
  const { installer } = await prepare({ userland: userlands[2], script: withPrelude('sleep() { return 127; }') });
  const container = installer.start();
  await container.exited;
  expect((await container.remove()).status).toBe(1);
  const { installer: other } = await prepare({ userland: userlands[0], env: { RESYNC_SECONDS: '1.5' } });
  expect(await other.run('once')).toMatchObject({ status: 2, stderr: 'RESYNC_SECONDS is "1.5", expected a number of seconds\n' });
  table.add('no working sleep', 'nothing', 'whole', 'exit status 1, the kubelet waits longer each time');
});

test('finishes the file it is at on SIGTERM', async () => {
  for (const userland of userlands) {
    const { host, installer } = await prepare({ userland, script: withPrelude('sync() { /bin/sleep 1 2>/dev/null || command sleep 1; command sync "$@"; }') });
    const container = installer.start();
    await until('first write', async () => (await host.others()).includes('profiles/app/.test.'));
    await container.terminate();
    await container.exited;
    expect(await container.remove()).toMatchObject({ status: 0, stderr: '' });
    expect(await host.state()).toBe('old');
    expect(await host.others()).toBe(NO_LEFTOVERS);
  }
  table.add('SIGTERM in the middle of a file', 'stopping', 'whole, no file left over', 'exit status 0');
});

test('waits by no clock that can jump', async () => {
  const jumping = 'clock=1970; date() { if [ "$clock" = 1970 ]; then clock=2099; else clock=1970; fi; echo "$clock-01-01T00:00:00Z"; }';
  const { host, installer } = await prepare({ userland: userlands[0], script: withPrelude(jumping) });
  const container = installer.start();
  await untilReady(installer, container);
  for (let round = 0; round < 2; round++) {
    await host.sh('touch -d 2099-01-01 "$FILE"; rm "$FILE"');
    await until('repair', async () => await host.state() === 'old', 3_500);
  }
  table.add('clock that jumps between 1970 and 2099', 'it was missing', 'repaired', 'old, by itself, within one resync');
});

function withPrelude(prelude: string): string {
  return writeScript(`${prelude}\n${readFileSync(SCRIPT, 'utf8')}`);
}

function writeScript(text: string): string {
  const script = join(node.makeDirectory('script'), 'install.sh');
  writeFileSync(script, text);
  return script;
}
