import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { numberIn, readTable } from '../../scripts/generate-syscalls';
import { allNames } from '../../src/syscalls/numbers';

// What CONTRIBUTING.md does by hand when there is a new libseccomp, done with the one of this machine.

const LIMIT_MS = 180_000;

const directory = mkdtempSync(join(tmpdir(), 'dumps-'));
afterAll(() => rmSync(directory, { recursive: true }));

const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 100_000_000 });
const dump = (script: string, ...args: string[]): string => run(process.execPath, resolve('node_modules/tsx/dist/cli.mjs'), `scripts/${script}`, ...args);

test('prints of the libseccomp of this machine what data/syscalls holds of it', () => {
  // 2.5.4-1+deb12u1 is 2.5.4+deb12u1 there, 2.6.0-2 is 2.6.0.
  const version = run('dpkg-query', '--show', '--showformat', '${Version}', 'libseccomp2').replace(/-[\d.]+/, '');
  const committed = readFileSync(`data/syscalls/libseccomp-${version}.tsv`, 'utf8');
  const header = join(directory, 'seccomp-syscalls.h');
  // The names are those of the newest release; a library passes over what it does not know.
  writeFileSync(header, allNames().map(name => `#define __SNR_${name} __NR_${name}\n`).join(''));
  expect(dump('dump-syscalls.ts', header)).toBe(committed);
}, LIMIT_MS);

test('prints of the kernel headers of this machine numbers that data/syscalls has too', () => {
  const newest = readTable('linux-7.2.tsv');
  const [head, ...rows] = dump('dump-kernel-numbers.ts', '/usr/include', 'x86_64').trimEnd().split('\n').map(line => line.split('\t'));
  expect(head).toStrictEqual(['name', 'x86_64']);
  expect(rows.length).toBeGreaterThan(350);
  const numbers = rows.map(([name, number]) => ({ name, here: Number(number), there: numberIn(newest.get(name)?.x86_64) }));
  expect(numbers.filter(({ here, there }) => here !== there)).toStrictEqual([]);
  expect(numbers.find(({ name }) => name === 'clone3')?.here).toBe(435);
}, LIMIT_MS);

test('prints something else for a header that lacks a name', () => {
  const header = join(directory, 'short.h');
  writeFileSync(header, '#define __SNR_clone3 __NR_clone3\n');
  const lines = dump('dump-syscalls.ts', header).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^clone3\t435\t435\t/);
}, LIMIT_MS);
