import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { DOCUMENT, FaultHost, NEW, OLD, PROFILE } from './installer/fault-host';
import { FaultTable, plain } from './installer/fault-table';
import { documentPath, InstallerProps, mutant, RECORD_SCRIPT, withDigests } from './installer/installer';
import { ReleaseHost } from './installer/release-host';
import { runOnNode, StepHost, stepHost } from './installer/steps';
import { allUserlands, NamedUserland } from './installer/userlands';
import { OciRuntime } from './runtimes/oci-runtime';
import { sleep, until } from './runtimes/processes';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';
import { NodeArchitecture } from '../../src';

const RECORD = '.cdk8s-seccomp/test/record';
const FOREIGN = 'profiles/foreign.json';
const DROPPED = 'profiles/app/dropped.json';

let node: TestNode;
let runtime: OciRuntime;
let rootfs: string;
let userlands: NamedUserland[];
const table = new FaultTable('the record damaged (damage, what became of it in each userland)');

beforeAll(async () => {
  node = await TestNode.start();
  runtime = OciRuntime.runc(node);
  rootfs = await makeRootfs(node);
  userlands = await allUserlands(node);
});

afterAll(async () => {
  table.print();
  await node.stop();
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const DIGEST = sha256('precious');

const write = (path: string, text: string | Buffer) => ({ target }: StepHost) => {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), text);
};

const replace = (path: string, make: (path: string, host: StepHost) => unknown) => (host: StepHost) => {
  rmSync(join(host.target, path), { recursive: true, force: true });
  mkdirSync(dirname(join(host.target, path)), { recursive: true });
  make(join(host.target, path), host);
};

const fifo = (path: string) => execFileSync('mkfifo', [path]);

/** A record that would have everything in the listed paths removed. */
const claim = (paths: (host: StepHost) => string[], number = '1', since = '0') => (host: StepHost) =>
  write(RECORD, [`release ${number} x`, ...paths(host).map(path => `wrote ${number} ${since} ${DIGEST} ${path}`), ''].join('\n'))(host);

const foreign = () => [FOREIGN];

type Damage = [name: string, damage: (host: StepHost) => unknown, outcome: 'rewritten' | 'refused'];

const DAMAGES: readonly Damage[] = [
  ['record removed', ({ target }) => rmSync(join(target, RECORD)), 'rewritten'],
  ['record empty', write(RECORD, ''), 'rewritten'],
  ['record of bytes', write(RECORD, Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 7919) % 256))), 'rewritten'],
  ['record of one long line', write(RECORD, `wrote 1 - ${'x'.repeat(200_000)}`), 'rewritten'],
  ['record of many lines', write(RECORD, 'wrote\n'.repeat(20_000)), 'rewritten'],
  ['record with ".."', claim(({ outside }) => ['', '/.', '/..'].map(more => `..${more}/${basename(outside)}/file`)), 'rewritten'],
  ['record with absolute paths', claim(({ outside }) => [`${outside}/file`, `/${outside}/file`]), 'rewritten'],
  ['record with patterns and options', claim(() => ['*', 'profiles/*', '-rf', '$(reboot)', 'profiles/foreign.json x']), 'rewritten'],
  ['record with numbers that are too large', claim(foreign, '99999999999999999999'), 'rewritten'],
  ['record with a time that is too large', claim(foreign, '1', '99999999999999999999'), 'rewritten'],
  ['record with octal numbers', claim(foreign, '08', '09'), 'rewritten'],
  ['record with negative numbers', claim(foreign, '-1', '-1'), 'rewritten'],
  ['record with expressions', claim(foreign, 'record=1', 'now'), 'rewritten'],
  ['pipe as record', replace(RECORD, fifo), 'rewritten'],
  ['link to a foreign file as record', replace(RECORD, (path, { outside }) => symlinkSync(join(outside, 'file'), path)), 'rewritten'],
  ['directory as record', replace(RECORD, path => mkdirSync(path)), 'refused'],
  ['file as directory of the record', replace(dirname(RECORD), path => writeFileSync(path, '')), 'refused'],
  ['pipe as directory of the records', replace(dirname(dirname(RECORD)), fifo), 'refused'],
  ['link to a foreign directory as that', replace(dirname(dirname(RECORD)), (path, { outside }) => symlinkSync(outside, path)), 'refused'],
  ['pipe as another record', replace('.cdk8s-seccomp/other/record', fifo), 'rewritten'],
  ['link in a circle as another record', replace('.cdk8s-seccomp/other/record', path => symlinkSync(path, path)), 'rewritten'],
  ['odd names of others', host => ['-rf', 'a b', '*', '..x', '$(reboot)'].forEach(name => write(`.cdk8s-seccomp/${name}/record`, 'x')(host)), 'rewritten'],
];

/** A release, damage, and the next release, with which one file is due. */
async function suffer(userland: NamedUserland, damage: Damage[1], script?: string) {
  const host = { ...stepHost(node), env: { RETAIN: '0', RETAIN_SECONDS: '0' } };
  writeFileSync(join(host.outside, 'file'), 'precious');
  write(FOREIGN, 'precious')(host);
  host.source.update(withDigests({ [DOCUMENT]: OLD, [documentPath(DROPPED, NodeArchitecture.AMD64)]: OLD }));
  expect(await runOnNode(node, host, userland)).toMatchObject({ status: 0, stderr: '' });
  damage(host);
  host.source.update(withDigests({ [DOCUMENT]: NEW }));
  const result = await runOnNode(node, host, userland, script);
  // Whatever becomes of the record, profiles come and nobody else's go.
  expect(readFileSync(join(host.target, PROFILE), 'utf8')).toBe(NEW);
  expect([join(host.target, FOREIGN), join(host.outside, 'file')].map(path => readFileSync(path, 'utf8'))).toStrictEqual(['precious', 'precious']);
  expect([result.stderr, result.timedOut]).toStrictEqual(['', false]);
  const record = join(host.target, RECORD);
  if (result.status === 1) {
    expect(result.stdout).toContain('error: the record of what was installed is not written: ');
    return 'refused';
  }
  expect([result.status, lstatSync(record).isFile()]).toStrictEqual([0, true]);
  expect(readFileSync(record, 'utf8')).toMatch(new RegExp(`^release (\\d+) [0-9a-f]{64}\\nwrote \\1 - ${sha256(NEW)} ${PROFILE}\\n$`));
  return 'rewritten';
}

test.each(DAMAGES)('neither hangs nor removes what is not its own: %s', async (name, damage, outcome) => {
  const outcomes = await Promise.all(userlands.map(async userland => suffer(userland, damage)));
  table.add(name, ...outcomes);
  expect(outcomes).toStrictEqual(userlands.map(() => outcome));
});

type Scripts = Partial<InstallerProps>;

/** Without a place for the record the profile comes all the same; the record is right once there is one. */
async function remembersWhatItWrote(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RESYNC_SECONDS: '1', POLL_SECONDS: '1' }, scripts);
  symlinkSync('nowhere', join(host.target, '.cdk8s-seccomp'));
  try {
    const pod = daemonSet.start('pod', 'A');
    await until('installation', () => pod.output().includes('installed '));
    await sleep(2_000);
    expect(pod.output().split('the record of what was installed is not written').length - 1).toBe(1);
    rmSync(join(host.target, '.cdk8s-seccomp'));
    await until('record', () => daemonSet.record() !== '');
    expect(daemonSet.record()).toBe('A1');
  } finally {
    await host.stop();
  }
  return 'the profile is there at once, and the record afterwards';
}

test('remembers what it wrote until the record can be written', async () => {
  table.add('no place for the record', await remembersWhatItWrote({}));
  const recordScript = join(node.makeDirectory('script'), 'script.sh');
  writeFileSync(recordScript, mutant('[ "$old" = "$record" ] || write_record "$record"\n}', '[ "$old" = "$record" ] || write_record "$record" || recorded_snapshot=\n}', RECORD_SCRIPT));
  const said = await remembersWhatItWrote({ recordScript }).then(() => 'nothing', error => error);
  table.add('control: the same with an installer that forgets', plain(said));
  expect(plain(said)).toContain('Received: "=A1"');
});

test('writes the record when there is room again', async () => {
  const host = await FaultHost.make(node);
  const installer = host.installer({ runtime, rootfs, env: { LOG_FORMAT: 'json' } });
  try {
    await host.sh('cat /dev/zero >"$DISK/fill" 2>/dev/null || true');
    const container = installer.start();
    await until('complaint', () => container.output().includes('the record of what was installed is not written'));
    expect(await host.state()).toBe('absent');
    await host.sh('rm "$DISK/fill"');
    await until('installation', async () => await host.state() === 'old' && installer.isReady(container));
    expect(await host.sh(`cut -d " " -f 1-3 "$TARGET/${RECORD}"`)).toBe(`release 1 ${sha256(withDigests({ [DOCUMENT]: OLD })['documents.sha256'])}\nwrote 1 -\n`);
    expect(await host.others()).toBe('./outside/file precious\n');
  } finally {
    await installer.removeContainers();
    await host.unmount();
  }
  table.add('disk full before the first record', 'nothing installed', 'both, once there is room');
});

test('fails when the installer believes any record, reads pipes or follows links', async () => {
  const controls: ReadonlyArray<[string, string, string]> = [
    ['record with octal numbers', "'' | 0?* | *[!0-9]* | ????????????????*) return 1", "'' | *[!0-9]* | ????????????????*) return 1"],
    ['record with expressions', 'is_number "$2" && { [ "$3" = - ] || is_number "$3"; } && is_path "$4"', 'true'],
    ['pipe as record', '[ -f "$2" ] && [ ! -L "$2" ] && cat "$2"', 'cat "$2"'],
  ];
  for (const [name, from, to] of controls) {
    const damage = DAMAGES.find(candidate => candidate[0] === name)![1];
    const said = await suffer(userlands[0], damage, inlined(mutant(from, to, RECORD_SCRIPT))).then(() => 'nothing', error => error);
    table.add(`control: ${name}`, plain(said));
    expect(said).toBeInstanceOf(Error);
  }
});

/** The script with another text in the place of the one that it reads. */
function inlined(recordScript: string): string {
  return mutant('. "${0%/*}/profile-record.sh"', recordScript);
}
