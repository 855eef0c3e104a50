import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { DOCUMENT, NEW, OLD, PROFILE } from './installer/fault-host';
import { FaultTable } from './installer/fault-table';
import { mutant, withDigests } from './installer/installer';
import { DIVERT, KILL, runSteps, StepHost, stepHost, SWAP } from './installer/steps';
import { allUserlands, NamedUserland } from './installer/userlands';
import { TestNode } from './runtimes/test-node';

const IN_PLACE = mutant('mv -fT "$temporary" "$2"', 'cat "$temporary" >"$2"');
const BY_PATH = mutant('enter_directory "$1" mkdir && write_profile "$source" "${1##*/}"',
  'enter_directory "$1" mkdir && cd / && write_profile "$source" "$TARGET_DIR/$1"').replaceAll('"./.$OWNER', '"${2%/*}/.$OWNER');
const KEEPING_LINKS = mutant('[ ! -L "$2" ] || rm -f "$2"', '');
const INTO_LINKS = KEEPING_LINKS.replace('mv -fT', 'mv -f');
const THROUGH_FILES = KEEPING_LINKS.replace('mv -fT "$temporary" "$2"', 'cat "$temporary" >"$2"');
const THROUGH_LINKS = mutant('if [ -L "./$name" ]; then', 'if false; then')
  .replace('if [ "$PWD" != "$expected_directory" ]; then', 'if false; then');

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

/** A host with nothing installed yet, or with the old version installed and the new one published. */
async function hostFor(scenario: 'first' | 'update', userland: NamedUserland): Promise<StepHost> {
  const host = stepHost(node);
  if (scenario === 'update') {
    expect((await runSteps(node, host, userland)).result).toMatchObject({ status: 0, stderr: '' });
    host.source.update(withDigests({ [DOCUMENT]: NEW }));
  }
  return host;
}

async function stepsOf(scenario: 'first' | 'update', userland: NamedUserland): Promise<number> {
  return (await runSteps(node, await hostFor(scenario, userland), userland)).steps.length;
}

interface KillCounts {
  kills: number;
  torn: number;
  leftovers: number;
}

async function killAtEveryStep(scenario: 'first' | 'update', userland: NamedUserland, script?: string): Promise<KillCounts> {
  const counts = { kills: 0, torn: 0, leftovers: 0 };
  const [before, after] = scenario === 'first' ? ['absent', 'old'] : ['old', 'new'];
  const steps = await stepsOf(scenario, userland);
  for (let at = 1; at <= steps; at++) {
    const host = await hostFor(scenario, userland);
    const { result } = await runSteps(node, host, userland, KILL, at, script);
    expect(result.status).toBe(137);
    counts.kills++;
    if (![before, after].includes(stateOf(host))) counts.torn++;
    counts.leftovers += filesBelow(host.target).filter(file => file !== join(host.target, PROFILE)).length;
    if (script) continue;
    // The next one clears up.
    expect((await runSteps(node, host, userland)).result).toMatchObject({ status: 0, stderr: '' });
    expect([stateOf(host), filesBelow(host.target)]).toStrictEqual([after, [join(host.target, PROFILE)]]);
  }
  return counts;
}

test.each(['first', 'update'] as const)('never shows a torn file, at whatever step it is killed: %s installation', async scenario => {
  const counts = await Promise.all(userlands.map(async userland => killAtEveryStep(scenario, userland)));
  const total = counts.reduce((a, b) => ({ kills: a.kills + b.kills, torn: a.torn + b.torn, leftovers: a.leftovers + b.leftovers }));
  table.add(`kill -9, ${scenario} installation`, counts.map(({ kills }) => kills).join(' + '), `${total.torn} torn, ${total.leftovers} half-made files that the next run removed`);
  expect(total.torn).toBe(0);
  // Otherwise no kill hit the middle.
  expect(total.leftovers).toBeGreaterThan(10);
});

test('finds torn files at the steps of an installer that writes in place', async () => {
  const { kills, torn } = await killAtEveryStep('update', userlands[0], IN_PLACE);
  table.add('control: kill -9 while it writes in place', String(kills), `${torn} torn`);
  expect(torn).toBeGreaterThan(0);
});

test('installs one whole version when the ConfigMap is swapped at any step', async () => {
  const seen: Record<string, number> = {};
  const counts = await Promise.all(userlands.map(async userland => {
    const steps = await stepsOf('first', userland);
    for (let at = 1; at <= steps; at++) {
      const host = await hostFor('first', userland);
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
      expect([stateOf(host), filesBelow(host.target)]).toStrictEqual(['new', [join(host.target, PROFILE)]]);
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
  const installed = untouched && stateOf(host) === 'old' && !existsSync(join(host.target, PLACES['temporary name']));
  const outcome = !untouched ? 'FOLLOWED'
    : result.status === 0 && installed ? 'installed over it'
      : result.status === 1 && lstatSync(link).isSymbolicLink() ? 'refused' : `status ${result.status}`;
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
