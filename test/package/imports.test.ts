import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { boxArrows, build, fileArrows, FILES, Import, IMPORTS, roomArrows, roomOf, ROOMS, violations } from './imports';

const PAGE = readFileSync('ARCHITECTURE.md', 'utf8');
/** Below all rooms; the page says it in words. */
const BOTTOM = 'private';

/** How many arrows there may be between the sub-rooms and files of a room. Who needs more looks for a better place first. */
const MOST_ARROWS: Readonly<Record<string, number>> = {
  private: 12, syscalls: 15, profile: 30, lint: 32, manifests: 60, workloads: 20, distribution: 40, troubleshooting: 10, policy: 14, cli: 90,
};
const MOST_FLOORS = { house: 8, room: 10 };
const MOST_LINES = 300;

/** `a --> b & c` is two arrows. */
function drawnArrows(page: string): string[] {
  const [, drawing = ''] = /^```mermaid\n([^]*?)^```$/m.exec(page) ?? [];
  return [...drawing.matchAll(/^ *(\w+) --> (.*)$/gm)].flatMap(([, from, to]) => to.split('&').map(each => `${from} -> ${each.trim()}`)).sort();
}

/** Those that the page draws. */
function drawable(imports: readonly Import[]): string[] {
  return roomArrows(imports.filter(({ file, target }) => file !== 'index' && ![file, target].some(path => roomOf(path) === BOTTOM)));
}

/** Rooms by what the last cell of their row says. */
function tableOf(page: string): Map<string, string> {
  const [, table] = page.split(/^## /m).find(each => each.startsWith('Rooms\n'))!.split(/^\| --- .*\n/m);
  return new Map([...table.matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)].map(([, room, cell]) => [room, cell]));
}

/** What is wrong with how a room is built. */
function roomFaults(imports: readonly Import[], room: string, most: number): string[] {
  const arrows = boxArrows(imports, room);
  const { floors, circle } = build(arrows);
  return [
    ...arrows.length > most ? [`${room} has ${arrows.length} arrows, at most ${most} are allowed`] : [],
    ...floors > MOST_FLOORS.room ? [`${room} has ${floors} floors, at most ${MOST_FLOORS.room} are allowed`] : [],
    ...circle.map(arrow => `${room} has a circle: ${arrow}`),
  ];
}

function tooLong(lines: ReadonlyMap<string, number>): string[] {
  return [...lines].filter(([, count]) => count > MOST_LINES).map(([file, count]) => `${file} has ${count} lines`);
}

/** Paths of this repository that a page names and that are not there: of its code, and of its links. */
function missingPaths(file: string, page: string): string[] {
  const named = [...page.matchAll(/`((?:src|test|assets|data|docs|scripts|examples|bench)\/[\w./-]+)`/g)].map(([, path]) => path);
  const linked = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => join(dirname(file), path));
  return [...named, ...linked].filter(path => !existsSync(path));
}

const withoutCdk8s = [BOTTOM, ...[...tableOf(PAGE)].filter(([, cell]) => cell === 'no').map(([room]) => room)];

describe('rooms', () => {
  test('import as ARCHITECTURE.md draws it, in no circle', () => {
    expect(drawable(IMPORTS).length).toBeGreaterThan(15);
    expect(drawnArrows(PAGE)).toStrictEqual(drawable(IMPORTS));
    expect(roomArrows(IMPORTS).filter(arrow => arrow.startsWith(`${BOTTOM} -> `))).toStrictEqual([]);
    const { floors, circle } = build(roomArrows(IMPORTS));
    expect(circle).toStrictEqual([]);
    expect(floors).toBeLessThanOrEqual(MOST_FLOORS.house);
  });

  test('fail with an arrow that is not drawn, one too many, and a circle', () => {
    const more = PAGE.replace('profile --> syscalls\n', 'profile --> syscalls & lint\n');
    expect(drawnArrows(more)).toStrictEqual([...drawable(IMPORTS), 'profile -> lint'].sort());
    expect(drawnArrows(PAGE.replace('  profile --> syscalls\n', ''))).toStrictEqual(drawable(IMPORTS).filter(arrow => arrow !== 'profile -> syscalls'));
    expect(drawnArrows(PAGE.replace('```mermaid', '```text'))).toStrictEqual([]);
    const back = [...IMPORTS, { file: 'profile/a', target: 'lint/b' }];
    expect(drawable(back)).toContain('profile -> lint');
    expect(build(roomArrows(back)).circle).toContain('profile -> lint');
    expect(roomArrows([{ file: 'private/a', target: 'profile/b' }])).toStrictEqual(['private -> profile']);
  });

  test('have a row each, which says whether they know cdk8s', () => {
    const importers = (room: string) => IMPORTS.filter(({ file, target }) => roomOf(file) === room && /^(cdk8s|constructs)/.test(target)).map(({ file }) => file);
    expect([...tableOf(PAGE).keys()].sort()).toStrictEqual(ROOMS.filter(room => room !== BOTTOM));
    expect(ROOMS.filter(room => withoutCdk8s.includes(room) !== (importers(room).length === 0))).toStrictEqual([]);
    expect([...new Set(importers('troubleshooting'))].sort()).toStrictEqual(['troubleshooting/probe/probe-run', 'troubleshooting/probe/thread-probe']);
  });

  test('import no index, and no cdk8s where it would slow the command down', () => {
    expect(violations(IMPORTS, withoutCdk8s)).toStrictEqual([]);
  });

  test('fail with an import of an index or of cdk8s', () => {
    expect(violations([
      { file: 'profile/a', target: 'cdk8s' },
      { file: 'workloads/a', target: 'index' },
      { file: 'workloads/a', target: '' },
      { file: 'workloads/a', target: 'profile' },
      { file: 'workloads/a', target: 'cdk8s-plus-28' },
      { file: 'workloads/a', target: 'profile/b' },
    ], withoutCdk8s)).toStrictEqual([
      'profile/a -> cdk8s: loads cdk8s',
      'workloads/a -> index: imports an index',
      'workloads/a -> : imports an index',
      'workloads/a -> profile: imports an index',
    ]);
  });
});

describe('inside of a room', () => {
  test('has a limit for every room', () => {
    expect(Object.keys(MOST_ARROWS).sort()).toStrictEqual(ROOMS);
  });

  test.each(Object.entries(MOST_ARROWS))('builds %s with at most %i arrows, and in no circle', (room, most) => {
    expect(boxArrows(IMPORTS, room)).not.toStrictEqual([]);
    expect(roomFaults(IMPORTS, room, most)).toStrictEqual([]);
  });

  test('imports no file in a circle', () => {
    expect(build(fileArrows(IMPORTS)).circle).toStrictEqual([]);
  });

  test('fails with an arrow or a floor too many, and with an arrow back', () => {
    const chain = Array.from({ length: 11 }, (_, at) => ({ file: `cli/f${at}`, target: `cli/f${at + 1}` }));
    expect(roomFaults(chain, 'cli', 10)).toStrictEqual(['cli has 11 arrows, at most 10 are allowed', 'cli has 12 floors, at most 10 are allowed']);
    const back = [{ file: 'profile/merge/a', target: 'profile/filter/b' }, { file: 'profile/filter/c', target: 'profile/merge/d' }];
    expect(roomFaults(back, 'profile', 2)).toStrictEqual(['profile has a circle: filter -> merge', 'profile has a circle: merge -> filter']);
    // Between files there is none.
    expect(build(fileArrows(back)).circle).toStrictEqual([]);
    expect(build(fileArrows([{ file: 'lint/x', target: 'lint/y' }, { file: 'lint/y', target: 'lint/x' }])).circle).toStrictEqual(['lint/x -> lint/y', 'lint/y -> lint/x']);
  });
});

test('has no file that is too long to be read at once', () => {
  const lines = new Map(FILES.filter(file => !file.endsWith('.generated.ts')).map(file => [file, readFileSync(join('src', file), 'utf8').split('\n').length - 1]));
  expect(lines.size).toBeGreaterThan(200);
  expect(tooLong(lines)).toStrictEqual([]);
  expect(tooLong(new Map([['lint/a.ts', 301], ['lint/b.ts', 300]]))).toStrictEqual(['lint/a.ts has 301 lines']);
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/supported-versions.md'])('names only what there is in %s', file => {
  const page = readFileSync(file, 'utf8');
  // What the recipes add is not there yet.
  expect(missingPaths(file, page).filter(path => !/trace-without-tracer|perl-thread-eperm|VERSION/.test(path))).toStrictEqual([]);
  expect(missingPaths(file, `${page}[a](gone.md) \`src/gone.ts\``)).toStrictEqual(expect.arrayContaining([join(dirname(file), 'gone.md'), 'src/gone.ts']));
});
