import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { FaultTable, plain } from './installer/fault-table';
import { DASH_AND_COREUTILS, InstallerProps, mutant, RECORD_SCRIPT, SCRIPT } from './installer/installer';
import { pathOf, ReleaseHost, textOf } from './installer/release-host';
import { OciRuntime } from './runtimes/oci-runtime';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';

const FIXED = 'profiles/app.json';

/** Stands before the script: the node's clock says what a test wants. */
const CLOCK = 'date() { if [ "$1" = +%s ]; then echo "$NOW"; else command date "$@"; fi; }\n';

let node: TestNode;
let runtime: OciRuntime;
let rootfs: string;
const releases = new FaultTable('releases, three kept (release, what it has, what is on the node, the record)');
const table = new FaultTable('what is pruned');
const controls = new FaultTable('the same with a broken installer (fault, what the test then says)');

beforeAll(async () => {
  node = await TestNode.start();
  runtime = OciRuntime.runc(node);
  rootfs = await makeRootfs(node);
});

afterAll(async () => {
  releases.print();
  table.print();
  controls.print();
  await node.stop();
});

type Scripts = Partial<InstallerProps>;

/** What a release has, and the record after it, which names every file that is on the node. */
const RELEASES: ReadonlyArray<[letters: string, record: string]> = [
  ['A', 'A1'],
  ['B', 'B2 A1*'],
  ['C', 'C3 B2* A1*'],
  // Back to the first.
  ['A', 'A4 C3* B2*'],
  ['D', 'D5 A4* C3* B2*'],
  ['E', 'E6 D5* A4* C3*'],
  ['F', 'F7 E6* D5* A4*'],
  ['G', 'G8 F7* E6* D5*'],
];

function lettersOf(record: string): string {
  return record.replace(/[^A-Z ]/g, '').split(' ').sort().join(' ');
}

async function keepsThreeReleases(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RETAIN: '3', RETAIN_SECONDS: '0' }, scripts);
  for (const [index, [letters, record]] of RELEASES.entries()) {
    await daemonSet.release(letters);
    if (Object.keys(scripts).length === 0) releases.add(String(index + 1), letters, host.files(), daemonSet.record());
    expect([host.files(), daemonSet.record()]).toStrictEqual([lettersOf(record), record]);
  }
  await daemonSet.release('G');
  expect(daemonSet.record()).toBe(RELEASES[RELEASES.length - 1][1]);
  expect(host.state()).toStrictEqual(['app/record']);
  return host.files();
}

async function prunesSeveralInOneRound(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RETAIN: '1', RETAIN_SECONDS: '0' }, scripts);
  await daemonSet.release('ABC');
  await daemonSet.release('D');
  expect(host.files()).toBe('A B C D');
  const { stdout } = await daemonSet.release('E');
  expect([host.files(), daemonSet.record(), stdout.split('removed ').length - 1]).toStrictEqual(['D E', 'E3 D2*', 3]);
  return host.files();
}

async function keepsWhatIsYoung(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RETAIN: '0', RETAIN_SECONDS: '3600' }, { script: withClock(SCRIPT), ...scripts });
  await daemonSet.release('A', { NOW: '1000000' });
  await daemonSet.release('B', { NOW: '1000000' });
  await daemonSet.release('C', { NOW: '1003599' });
  expect([host.files(), daemonSet.record()]).toStrictEqual(['A B C', 'C3 B2* A1*']);
  await daemonSet.release('C', { NOW: '1003600' });
  expect([host.files(), daemonSet.record()]).toStrictEqual(['B C', 'C3 B2*']);
  return host.files();
}

async function keepsReleasesWhenTheClockJumps(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RETAIN: '2', RETAIN_SECONDS: '60' }, { script: withClock(SCRIPT), ...scripts });
  await daemonSet.release('A', { NOW: '1800000000' });
  await daemonSet.release('B', { NOW: '0' });
  for (const now of ['4000000000', '1800000000', '0', '']) {
    await daemonSet.release('C', { NOW: now });
    expect([now, host.files(), daemonSet.record()]).toStrictEqual([now, 'A B C', 'C3 B2* A1*']);
  }
  // A clock that tells nothing dates nothing, and nothing goes by it.
  await daemonSet.release('D', { NOW: 'nonsense' });
  expect([host.files(), daemonSet.record()]).toStrictEqual(['A B C D', 'D4 C3 B2* A1*']);
  await daemonSet.release('D', { NOW: '4000000000' });
  expect([host.files(), daemonSet.record()]).toStrictEqual(['B C D', 'D4 C3* B2*']);
  return host.files();
}

async function neverPrunesWithoutBoth(scripts: Scripts): Promise<string> {
  const settings: Array<Record<string, string>> = [{}, { RETAIN: '0' }, { RETAIN_SECONDS: '0' }, { RETAIN: '0', RETAIN_SECONDS: '999999999' }];
  for (const env of settings) {
    const host = new ReleaseHost(node, runtime, rootfs);
    const daemonSet = host.daemonSet('app', env, scripts);
    for (const letter of 'ABC') await daemonSet.release(letter);
    expect([env, host.files(), daemonSet.record()]).toStrictEqual([env, 'A B C', 'C3 B2* A1*']);
  }
  return 'A B C';
}

async function keepsAFixedName(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', {}, scripts);
  for (const [index, letter] of [...'ABA'].entries()) {
    await daemonSet.releaseFixed(FIXED, letter);
    expect([host.files(), daemonSet.record()]).toStrictEqual([`${FIXED}=${letter}`, `${FIXED}:${letter}${index + 1}`]);
  }
  await daemonSet.releaseFixed('profiles/other.json', 'C');
  expect(host.files()).toBe(`${FIXED}=A profiles/other.json=C`);
  return host.files();
}

async function leavesWhatSomebodyChanged(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RETAIN: '0', RETAIN_SECONDS: '0' }, scripts);
  await daemonSet.release('AB');
  host.write(pathOf('A'), 'changed');
  const { stdout } = await daemonSet.release('C');
  expect([host.files(), daemonSet.record()]).toStrictEqual([`C ${pathOf('A')}=changed`, 'C2']);
  expect(stdout).toContain(`left /target/${pathOf('A')}: somebody has changed it`);
  return 'the changed one stays';
}

async function leavesWhatItFound(scripts: Scripts): Promise<string> {
  const host = new ReleaseHost(node, runtime, rootfs);
  const daemonSet = host.daemonSet('app', { RETAIN: '0', RETAIN_SECONDS: '0' }, scripts);
  host.write(pathOf('A'), textOf('A'));
  host.write('profiles/foreign.json', 'precious');
  await daemonSet.release('AB');
  expect(daemonSet.record()).toBe('=A1 B1');
  await daemonSet.release('AC');
  expect(daemonSet.record()).toBe('=A2 C2');
  await daemonSet.release('D');
  expect([host.files(), daemonSet.record()]).toStrictEqual(['A D profiles/foreign.json=precious', 'D3']);
  return host.files();
}

async function sharesAFile(scripts: Scripts): Promise<string> {
  for (const first of ['writer', 'finder']) {
    const host = new ReleaseHost(node, runtime, rootfs);
    const [writer, finder] = ['writer', 'finder'].map(owner => host.daemonSet(owner, { RETAIN: '0', RETAIN_SECONDS: '0' }, scripts));
    await writer.release('A');
    await finder.release('A');
    if (first === 'writer') {
      await writer.release('B');
      expect([host.files(), writer.record(), finder.record()]).toStrictEqual(['A B', 'B2 A1*', '=A1']);
      await finder.release('C');
    } else {
      await finder.release('C');
      expect([host.files(), writer.record(), finder.record()]).toStrictEqual(['A C', 'A1', 'C2']);
      await writer.release('B');
    }
    // Nobody has it any more, and who wrote it takes it away.
    await writer.release('B');
    expect([host.files(), writer.record(), finder.record()]).toStrictEqual(['B C', 'B2', 'C2']);
  }
  return 'B C';
}

test.each([
  ['keeps the last three releases and the present one', keepsThreeReleases],
  ['prunes all that is due in one round', prunesSeveralInOneRound],
  ['prunes nothing that is young', keepsWhatIsYoung],
  ['prunes nothing of the last releases when the clock jumps', keepsReleasesWhenTheClockJumps],
  ['prunes nothing without a number of releases and a time', neverPrunesWithoutBoth],
  ['prunes nothing of a fixed name', keepsAFixedName],
  ['leaves what somebody has changed', leavesWhatSomebodyChanged],
  ['leaves what it found', leavesWhatItFound],
  ['leaves what another DaemonSet has, whichever goes first', sharesAFile],
])('%s', async (name, scenario) => {
  table.add(name, await scenario({}));
});

test('keeps the last three releases with dash and coreutils as well', async () => {
  expect(await keepsThreeReleases({ userland: DASH_AND_COREUTILS })).toBe('D E F G');
});

const NO_RELEASES = mutantOfRecord('[ $((release - number)) -gt "$RETAIN" ]', 'true');
const NO_AGE = mutantOfRecord('[ $((now - since)) -ge "$RETAIN_SECONDS" ]', 'true');

const MUTANTS: ReadonlyArray<[string, (scripts: Scripts) => Promise<string>, () => Scripts]> = [
  ['counts no releases', keepsThreeReleases, NO_RELEASES],
  ['counts no releases when the clock jumps', keepsReleasesWhenTheClockJumps, NO_RELEASES],
  ['counts one release more', keepsThreeReleases, mutantOfRecord('-gt "$RETAIN"', '-gt $((RETAIN + 1))')],
  ['counts a rollback as the old release', keepsThreeReleases, mutantOfRecord('"$since" "$path" && ! is_line "$path" "$wanted"; then', '"$since" "$path"; then')],
  ['never prunes', keepsThreeReleases, () => ({ script: write(mutant('[ "$result" = 1 ] || prune', 'true')) })],
  ['keeps the time where the log does', prunesSeveralInOneRound, () => ({ script: write(readFileSync(SCRIPT, 'utf8').replaceAll('stamp', 'now')) })],
  ['counts no seconds', keepsWhatIsYoung, NO_AGE],
  ['believes any clock', keepsReleasesWhenTheClockJumps, mutantOfRecord('is_number "$now" || now=-', 'true')],
  ['prunes by default', neverPrunesWithoutBoth, mutantOfRecord('[ -n "$RETAIN" ] && [ -n "$RETAIN_SECONDS" ] || return 0', 'RETAIN=0 RETAIN_SECONDS=0')],
  ['prunes by default a fixed name', keepsAFixedName, mutantOfRecord('[ -n "$RETAIN" ] && [ -n "$RETAIN_SECONDS" ] || return 0', 'RETAIN=0 RETAIN_SECONDS=0')],
  ['looks at no digest', leavesWhatSomebodyChanged, mutantOfRecord('if ! (enter_directory "$3" false && has_digest "${3##*/}"); then', 'if false; then')],
  ['removes what it found', leavesWhatItFound, mutantOfRecord('[ "$1" = wrote ] || return 0', '')],
  ['looks at no other record', sharesAFile, mutantOfRecord('! is_of_another "$3" || return 1', '')],
];

test.each(MUTANTS)('fails when the installer %s', async (name, scenario, scripts) => {
  const said = await scenario(scripts()).then(() => 'nothing', error => error);
  controls.add(name, plain(said));
  // A comparison of what is on the node, and not an installer that does not run at all.
  expect(plain(said)).toMatch(/toStrictEqual|toMatchObject|toBe\(/);
});

function mutantOfRecord(from: string, to: string): () => Scripts {
  return () => ({ recordScript: write(mutant(from, to, RECORD_SCRIPT)) });
}

function withClock(script: string): string {
  return write(CLOCK + readFileSync(script, 'utf8'));
}

function write(text: string): string {
  const script = join(node.makeDirectory('script'), 'script.sh');
  writeFileSync(script, text);
  return script;
}
