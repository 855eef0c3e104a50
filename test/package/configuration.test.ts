import { spawnSync } from 'child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const REMEDY = 'run `npx projen` and commit what it writes';
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'projen-'));
  for (const file of ['.projenrc.ts', 'package.json', '.npmignore', 'README.md', 'projenrc']) cpSync(file, join(scratch, file), { recursive: true });
  symlinkSync(resolve('node_modules'), join(scratch, 'node_modules'));
  const { status, stdout, stderr } = spawnSync(resolve('node_modules/.bin/tsx'), ['.projenrc.ts'], {
    cwd: scratch, encoding: 'utf8', env: { ...process.env, PROJEN_DISABLE_POST: 'true' },
  });
  if (status !== 0) throw new Error(`projen ended with ${status}\n${stdout}${stderr}`);
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true }));

/** Files that projen writes otherwise than they are committed. */
function stale(): string[] {
  const { files } = JSON.parse(readFileSync(join(scratch, '.projen', 'files.json'), 'utf8'));
  return [...files, 'package.json', '.npmignore'].filter(file => !existsSync(file) || readFileSync(file, 'utf8') !== readFileSync(join(scratch, file), 'utf8'))
    .map(file => `${file} is out of date: ${REMEDY}`);
}

test('has every file of projen as .projenrc.ts writes it', () => {
  expect(JSON.parse(readFileSync(join(scratch, '.projen', 'files.json'), 'utf8')).files.length).toBeGreaterThan(10);
  expect(stale()).toStrictEqual([]);
});

test('fails with a file that is changed', () => {
  appendFileSync(join(scratch, '.gitattributes'), '\n');
  expect(stale()).toStrictEqual([`.gitattributes is out of date: ${REMEDY}`]);
});
