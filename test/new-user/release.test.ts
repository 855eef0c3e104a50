import { spawnSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const directory = mkdtempSync(join(tmpdir(), 'release-'));
afterAll(() => rmSync(directory, { recursive: true }));

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: directory, encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

const git = (...args: string[]) => run('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args]);
const commit = (message: string) => git('commit', '--quiet', '--allow-empty', '--message', message);

/** What the release workflow would publish: the version, and what its notes say. */
function bump(): { readonly version: string; readonly notes: string } {
  run(resolve('node_modules/.bin/projen'), ['bump']);
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const notes = readFileSync(join(directory, 'packages', 'changelog.md'), 'utf8');
  git('checkout', '--quiet', 'package.json');
  rmSync(join(directory, 'packages'), { recursive: true });
  return { version, notes };
}

beforeAll(() => {
  for (const name of ['.projen', '.projenrc.ts', 'package.json', '.gitignore']) cpSync(name, join(directory, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  commit('feat: all of it');
});

test('begins with 0.1.0, and goes on as the commits say', () => {
  expect(bump()).toStrictEqual({ version: '0.1.0', notes: expect.stringContaining('### Features\n\n* all of it') });

  git('tag', 'v0.1.0');
  commit('fix: a fault');
  expect(bump()).toStrictEqual({ version: '0.1.1', notes: expect.stringMatching(/### Bug Fixes\n\n\* a fault(?!.*all of it)/s) });

  commit('feat!: another name');
  expect(bump()).toStrictEqual({ version: '0.2.0', notes: expect.stringContaining('BREAKING CHANGES\n\n* another name') });
});
