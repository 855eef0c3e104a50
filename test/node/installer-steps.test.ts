import { createHash } from 'crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { DOCUMENT, NEW, OLD, PROFILE } from './installer/fault-host';
import { FaultTable } from './installer/fault-table';
import { documentPath, mutant, withDigests } from './installer/installer';
import { DIVERT, KILL, runOnNode, runSteps, StepHost, stepHost, SWAP } from './installer/steps';
import { allUserlands, NamedUserland } from './installer/userlands';
import { TestNode } from './runtimes/test-node';
import { NodeArchitecture } from '../../src';

const IN_PLACE = mutant('mv -fT "$temporary" "$2"', 'cat "$temporary" >"$2"');
const BY_PATH = mutant('enter_directory "$1" mkdir && replace_file "$source" "${1##*/}"',
  'enter_directory "$1" mkdir && cd / && replace_file "$source" "$TARGET_DIR/$1"').replace('"./.$OWNER.XXXXXX', '"${2%/*}/.$OWNER.XXXXXX');
const KEEPING_LINKS = mutant('[ ! -L "$2" ] || rm -f "$2"', '');
const INTO_LINKS = KEEPING_LINKS.replace('mv -fT', 'mv -f');
const THROUGH_FILES = KEEPING_LINKS.replace('mv -fT "$temporary" "$2"', 'cat "$temporary" >"$2"');
const THROUGH_LINKS = mutant('if [ -L "./$name" ]; then', 'if false; then')
  .replace('if [ "$PWD" != "$expected_directory" ]; then', 'if false; then');

const RECORD = '.cdk8s-seccomp/test/record';
const FOREIGN = 'profiles/foreign.json';
const DROPPED = 'profiles/app/dropped.json';

const RECORDING_LAST = mutant('  record_release || result=1\n', '')
  .replace('for_each_profile install_profile || result=1', 'for_each_profile install_profile || result=1; record_release || result=1');

let node: TestNode;
let userlands: NamedUserland[];
const table = new FaultTable('step by step (fault, steps × userlands, outcome)');

beforeAll(async () => {
  node = await TestNode.start();
  userlands = await allUserlands(node);
});

afterAll(async () => {
  table.print();
  await node.stop();
});

/** What is at the final name; anything but a whole version is torn or foreign. */
function stateOf({ target }: StepHost): 'absent' | 'old' | 'new' | 'torn' {
  const file = join(target, PROFILE);
  // Also false where a link on the way leads to no directory.
  if (!existsSync(file)) return 'absent';
  const stat = lstatSync(file);
  if (!stat.isFile() || (stat.mode & 0o777) !== 0o644) return 'torn';
  const text = readFileSync(file, 'utf8');
  return text === OLD ? 'old' : text === NEW ? 'new' : 'torn';
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.filter(entry => !entry.isDirectory()).map(entry => join(entry.parentPath, entry.name));
}

type Scenario = 'first installation' | 'update' | 'update that prunes';

/** A host with nothing installed yet, or with the old version installed and the new one published. */
async function hostFor(scenario: Scenario, userland: NamedUserland): Promise<StepHost> {
  const host = { ...stepHost(node), env: { RETAIN: '0', RETAIN_SECONDS: '0' } };
  mkdirSync(join(host.target, 'profiles'));
  writeFileSync(join(host.target, FOREIGN), 'precious');
  if (scenario === 'first installation') return host;
  if (scenario === 'update that prunes') host.source.update(withDigests({ [DOCUMENT]: OLD, [documentPath(DROPPED, NodeArchitecture.AMD64)]: OLD }));
  expect((await runSteps(node, host, userland)).result).toMatchObject({ status: 0, stderr: '' });
  host.source.update(withDigests({ [DOCUMENT]: NEW }));
  return host;
}

/** Exactly this and nothing else is on the node after a run that nobody disturbed. */
function expectInstalled({ target }: StepHost, text: string, release: string): void {
  expect(filesBelow(target).sort()).toStrictEqual([RECORD, PROFILE, FOREIGN].map(path => join(target, path)));
  expect(readFileSync(join(target, PROFILE), 'utf8')).toBe(text);
  expect(readFileSync(join(target, FOREIGN), 'utf8')).toBe('precious');
  const record = `release N ${sha256(withDigests({ [DOCUMENT]: text })['documents.sha256'])}\nwrote N - ${sha256(text)} ${PROFILE}\n`;
  expect(readFileSync(join(target, RECORD), 'utf8').replace(new RegExp(` ${release} `, 'g'), ' N ')).toBe(record);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function stepsOf(scenario: Scenario, userland: NamedUserland): Promise<number> {
  return (await runSteps(node, await hostFor(scenario, userland), userland)).steps.length;
}

interface KillCounts {
  kills: number;
  torn: number;
  leftovers: number;
}

async function killAtEveryStep(scenario: Scenario, userland: NamedUserland, script?: string): Promise<KillCounts> {
  const counts = { kills: 0, torn: 0, leftovers: 0 };
  const [before, after] = scenario === 'first installation' ? ['absent', 'old'] : ['old', 'new'];
  const steps = await stepsOf(scenario, userland);
  for (let at = 1; at <= steps; at++) {
    const host = await hostFor(scenario, userland);
    const { result } = await runSteps(node, host, userland, KILL, at, script);
    expect(result.status).toBe(137);
    counts.kills++;
    if (![before, after].includes(stateOf(host))) counts.torn++;
    counts.leftovers += filesBelow(host.target).filter(file => file.includes('/.test.')).length;
    if (script) continue;
    // Nothing goes before everything has come.
    if (scenario === 'update that prunes' && !existsSync(join(host.target, DROPPED))) expect(stateOf(host)).toBe('new');
    // The next one clears up.
    expect((await runSteps(node, host, userland)).result).toMatchObject({ status: 0, stderr: '' });
    expectInstalled(host, after === 'old' ? OLD : NEW, after === 'old' ? '1' : '2');
  }
  return counts;
}

test.each(['first installation', 'update', 'update that prunes'] as const)('never shows a torn file, at whatever step it is killed: %s', async scenario => {
  const counts = await Promise.all(userlands.map(async userland => killAtEveryStep(scenario, userland)));
  const total = counts.reduce((a, b) => ({ kills: a.kills + b.kills, torn: a.torn + b.torn, leftovers: a.leftovers + b.leftovers }));
  table.add(`kill -9, ${scenario}`, counts.map(({ kills }) => kills).join(' + '), `${total.torn} torn, ${total.leftovers} half-made files that the next run removed`);
  expect(total.torn).toBe(0);
  // Otherwise no kill hit the middle.
  expect(total.leftovers).toBeGreaterThan(10);
});

test('finds torn files at the steps of an installer that writes in place', async () => {
  const { kills, torn } = await killAtEveryStep('update', userlands[0], IN_PLACE);
  table.add('control: kill -9 while it writes in place', String(kills), `${torn} torn`);
  expect(torn).toBeGreaterThan(0);
});

/** How often the files of a run that was killed are taken for somebody else's by the next one. */
async function forgetsAtEveryStep(userland: NamedUserland, script?: string): Promise<number> {
  const steps = await stepsOf('first installation', userland);
  let forgotten = 0;
  for (let at = 1; at <= steps; at++) {
    const host = await hostFor('first installation', userland);
    await runSteps(node, host, userland, KILL, at, script);
    expect((await runOnNode(node, host, userland, script)).status).toBe(0);
    if (readFileSync(join(host.target, RECORD), 'utf8').includes('\nfound ')) forgotten++;
  }
  return forgotten;
}

test('never forgets what it wrote, at whatever step it is killed', async () => {
  const forgotten = [await forgetsAtEveryStep(userlands[0]), await forgetsAtEveryStep(userlands[0], RECORDING_LAST)];
  table.add('kill -9, the record in the next run', `${forgotten[0]} times wrong`);
  table.add('control: the same, with the record after the files', `${forgotten[1]} times wrong`);
  expect(forgotten).toStrictEqual([0, expect.any(Number)]);
  expect(forgotten[1]).toBeGreaterThan(0);
});

test('installs one whole version when the ConfigMap is swapped at any step', async () => {
  const seen: Record<string, number> = {};
  const counts = await Promise.all(userlands.map(async userland => {
    const steps = await stepsOf('first installation', userland);
    for (let at = 1; at <= steps; at++) {
      const host = await hostFor('first installation', userland);
      const next = join(host.source.path, '..next_directory');
      for (const [path, text] of Object.entries(withDigests({ [DOCUMENT]: NEW }))) {
        mkdirSync(dirname(join(next, path)), { recursive: true });
        writeFileSync(join(next, path), text);
      }
      symlinkSync('..next_directory', join(host.source.path, '..next'));
      const { result } = await runSteps(node, host, userland, SWAP, at);
      const state = stateOf(host);
      seen[`${state}, exit status ${result.status}`] = (seen[`${state}, exit status ${result.status}`] ?? 0) + 1;
      expect(['absent', 'old', 'new']).toContain(state);
      // Success is claimed of a version that was there.
      expect(result.status === 0).toBe(state !== 'absent');
      expect((await runSteps(node, host, userland)).result.status).toBe(0);
      // Depends on whether the old one was seen.
      expectInstalled(host, NEW, '[12]');
    }
    return steps;
  }));
  table.add('ConfigMap swapped', counts.join(' + '), `${Object.entries(seen).sort().map(([what, times]) => `${times} × ${what}`).join('; ')}; then new`);
});

async function divertAtEveryStep(userland: NamedUserland, script?: string) {
  const steps = await stepsOf('update', userland);
  let outside = 0;
  for (let at = 1; at <= steps; at++) {
    const host = await hostFor('update', userland);
    await runSteps(node, host, userland, DIVERT, at, script);
    outside += readdirSync(host.outside).length;
  }
  return { steps, outside };
}

test('writes nothing outside when a directory on the way becomes a link at any step', async () => {
  const counts = await Promise.all(userlands.map(async userland => divertAtEveryStep(userland)));
  table.add('directory on the way becomes a link', counts.map(({ steps }) => steps).join(' + '), `${counts.reduce((sum, { outside }) => sum + outside, 0)} files outside`);
  expect(counts.map(({ outside }) => outside)).toStrictEqual([0, 0, 0]);
  const control = await divertAtEveryStep(userlands[0], BY_PATH);
  table.add('control: the same, by path', String(control.steps), `${control.outside} files outside`);
  expect(control.outside).toBeGreaterThan(0);
});

const PLACES: Readonly<Record<string, string>> = {
  'target': PROFILE,
  'first directory': 'profiles',
  'second directory': 'profiles/app',
  'temporary name': 'profiles/app/.test.AAAAAA',
  'directory of the records': '.cdk8s-seccomp',
  'directory of the record': '.cdk8s-seccomp/test',
  'record': RECORD,
  'temporary name of the record': '.cdk8s-seccomp/test/.test.AAAAAA',
};

/** Where a link leads, from a place of the given depth below the target. */
const AIMS: Readonly<Record<string, (host: StepHost) => string>> = {
  'a file outside': ({ outside }) => join(outside, 'file'),
  'a directory outside': ({ outside }) => join(outside, 'directory'),
  'a file inside': ({ target }) => join(target, 'inside-file'),
  'a directory inside': ({ target }) => join(target, 'inside-directory'),
  'nothing': ({ outside }) => join(outside, 'nothing'),
  'the root': () => '/',
  'itself': () => 'LOOP',
};

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

async function plant(userland: NamedUserland, place: string, aim: string, script?: string) {
  const host = stepHost(node);
  writeFileSync(join(host.outside, 'file'), 'precious');
  mkdirSync(join(host.outside, 'directory'));
  writeFileSync(join(host.target, 'inside-file'), 'precious');
  mkdirSync(join(host.target, 'inside-directory'));
  const link = join(host.target, PLACES[place]);
  mkdirSync(dirname(link), { recursive: true });
  const to = AIMS[aim](host);
  symlinkSync(to === 'LOOP' ? link : to, link);
  const { result } = await runSteps(node, host, userland, '', 0, script);
  const strangers = [...filesBelow(host.outside), ...filesBelow(join(host.target, 'inside-directory'))].filter(file => file !== join(host.outside, 'file'));
  const precious = [join(host.outside, 'file'), join(host.target, 'inside-file')].every(file => readFileSync(file, 'utf8') === 'precious');
  const untouched = strangers.length === 0 && precious && !existsSync(join('/', PROFILE));
  const installed = untouched && stateOf(host) === 'old' && !isLink(link);
  const outcome = !untouched ? 'FOLLOWED'
    : result.status === 0 && installed ? 'installed over it'
      : result.status === 1 && isLink(link) ? 'refused' : `status ${result.status}`;
  rmSync(link, { recursive: true, force: true });
  return outcome;
}

test('follows no link, wherever it is planted and wherever it leads', async () => {
  for (const place of Object.keys(PLACES)) {
    const outcomes: string[] = [];
    for (const aim of Object.keys(AIMS)) outcomes.push(...await Promise.all(userlands.map(async userland => plant(userland, place, aim))));
    table.add(`link as ${place}`, `${Object.keys(AIMS).length} aims × ${userlands.length}`, [...new Set(outcomes)].join(', '));
    expect(new Set(outcomes)).toStrictEqual(new Set([place.includes('directory') ? 'refused' : 'installed over it']));
  }
});

test('finds the link that a broken installer follows', async () => {
  const outcomes = [
    await plant(userlands[0], 'target', 'a directory outside', INTO_LINKS),
    await plant(userlands[0], 'target', 'a file outside', THROUGH_FILES),
    await plant(userlands[0], 'second directory', 'a directory outside', THROUGH_LINKS),
    await plant(userlands[0], 'first directory', 'a directory inside', THROUGH_LINKS),
  ];
  table.add('control: links with broken installers', '4', outcomes.join(', '));
  expect(new Set(outcomes)).toStrictEqual(new Set(['FOLLOWED']));
});
