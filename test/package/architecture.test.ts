import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { preProcessFile } from 'typescript';

const PAGE = readFileSync('ARCHITECTURE.md', 'utf8');
/** Beside the rooms; the page says it in words. */
const NOT_DRAWN = ['private', 'index.ts'];

/** `a --> b & c` is two arrows. */
function drawnArrows(page: string): string[] {
  const [, drawing = ''] = /^```mermaid\n([^]*?)^```$/m.exec(page) ?? [];
  return [...drawing.matchAll(/^ *(\w+) --> (.*)$/gm)].flatMap(([, from, to]) => to.split('&').map(each => `${from} -> ${each.trim()}`)).sort();
}

/** The room of each file that a file of another room imports. */
function importedArrows(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  const arrows = files.flatMap(name => preProcessFile(readFileSync(join('src', name), 'utf8'), true, true).importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => [name, relative('src', join('src', dirname(name), fileName))].map(path => path.split('/')[0])));
  const between = arrows.filter(([from, to]) => from !== to && to !== '..' && ![from, to].some(room => NOT_DRAWN.includes(room)));
  return [...new Set(between.map(([from, to]) => `${from} -> ${to}`))].sort();
}

/** Rooms by what the last cell of their row says. */
function tableOf(page: string): Map<string, string> {
  const [, table] = page.split(/^## /m).find(each => each.startsWith('Rooms\n'))!.split(/^\| --- .*\n/m);
  return new Map([...table.matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)].map(([, room, cell]) => [room, cell]));
}

/** Paths of this repository that a page names and that are not there: of its code, and of its links. */
function missingPaths(file: string, page: string): string[] {
  const named = [...page.matchAll(/`((?:src|test|assets|data|docs|scripts|examples|bench)\/[\w./-]+)`/g)].map(([, path]) => path);
  const linked = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => join(dirname(file), path));
  return [...named, ...linked].filter(path => !existsSync(path));
}

test('draws the imports', () => {
  const imported = importedArrows();
  expect(imported.length).toBeGreaterThan(15);
  expect(drawnArrows(PAGE)).toStrictEqual(imported);
});

test('would notice an arrow too many, and one that is missing', () => {
  const more = PAGE.replace('profile --> syscalls\n', 'profile --> syscalls & lint\n');
  expect(drawnArrows(more)).toStrictEqual([...importedArrows(), 'profile -> lint'].sort());
  const fewer = PAGE.replace('  profile --> syscalls\n', '');
  expect(drawnArrows(fewer)).toStrictEqual(importedArrows().filter(arrow => arrow !== 'profile -> syscalls'));
  expect(drawnArrows(PAGE.replace('```mermaid', '```text'))).toStrictEqual([]);
});

test('has a row for every room, and says which know cdk8s', () => {
  const rooms = readdirSync('src').filter(name => !NOT_DRAWN.includes(name)).sort();
  const importers = (room: string) => readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && /from '(cdk8s|constructs)/.test(readFileSync(join('src', room, name), 'utf8')));
  expect([...tableOf(PAGE).keys()].sort()).toStrictEqual(rooms);
  expect(rooms.filter(room => tableOf(PAGE).get(room) === 'no' && importers(room).length > 0)).toStrictEqual([]);
  expect(rooms.filter(room => tableOf(PAGE).get(room) !== 'no' && importers(room).length === 0)).toStrictEqual([]);
  expect(importers('troubleshooting').sort()).toStrictEqual(['probe/probe-run.ts', 'probe/thread-probe.ts']);
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/supported-versions.md'])('names only what there is in %s', file => {
  const page = readFileSync(file, 'utf8');
  // What the recipes add is not there yet.
  expect(missingPaths(file, page).filter(path => !/trace-without-tracer|perl-thread-eperm|VERSION/.test(path))).toStrictEqual([]);
  expect(missingPaths(file, `${page}[a](gone.md) \`src/gone.ts\``)).toStrictEqual(expect.arrayContaining([join(dirname(file), 'gone.md'), 'src/gone.ts']));
});
