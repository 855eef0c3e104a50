import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const MOST_LINES = 800;
const SNAPSHOTS = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.snap'))
  .map(name => [join('test', name), readFileSync(join('test', name), 'utf8').split('\n').length] as const);

/** One that nobody reads proves nothing. */
function tooLong(snapshots: readonly (readonly [file: string, lines: number])[]): string[] {
  return snapshots.filter(([, lines]) => lines > MOST_LINES).map(([file, lines]) => `${file} has ${lines} lines: take one behaviour each, and assert the rest`);
}

test('has no snapshot that is too long to be read', () => {
  expect(SNAPSHOTS.length).toBeGreaterThan(10);
  expect(tooLong(SNAPSHOTS)).toStrictEqual([]);
});

test('fails with one that is', () => {
  expect(tooLong([['a.snap', 801], ['b.snap', 800]])).toStrictEqual(['a.snap has 801 lines: take one behaviour each, and assert the rest']);
});
