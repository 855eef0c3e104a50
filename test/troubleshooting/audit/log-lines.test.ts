import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { logLines } from '../../../src/cli/input/log-lines';
import { Io } from '../../../src/cli/io';

const directory = mkdtempSync(join(tmpdir(), 'log-lines-'));
afterAll(() => rmSync(directory, { recursive: true }));

const io = (chunks: readonly Uint8Array[] = []): Io => ({
  stdin: () => Buffer.concat(chunks).toString(),
  stdinChunks: () => chunks,
  stdout: () => undefined,
  stderr: () => undefined,
  isTTY: false,
  cwd: directory,
  env: {},
});

test('reads the same lines wherever the chunks end', () => {
  const text = fc.array(fc.constantFrom('\n', '\r\n', 'a', 'é', '🌍', ' '), { maxLength: 60 }).map(parts => parts.join(''));
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 7 }), (whole, size) => {
    const bytes = Buffer.from(whole);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    const lines = whole.split('\n').map(line => line.replace(/\r$/, ''));
    if (whole === '' || whole.endsWith('\n')) lines.pop();
    expect([...logLines('-', io(chunks))]).toStrictEqual(lines);
  }));
});

test('reads a file over many chunks, and what is not UTF-8', () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index} é`);
  writeFileSync(join(directory, 'a.log'), Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from(lines.join('\n'))]));
  expect([...logLines('a.log', io())]).toStrictEqual(['\ufffd', ...lines]);
});

test('keeps of a long line its beginning, and goes on with the next', () => {
  const long = Buffer.alloc(3_000_000, 'x');
  const lines = [...logLines('-', io([long, long, Buffer.from('\nnext\n'), long]))];
  expect(lines.map(({ length }) => length)).toStrictEqual([65_536, 4, 65_536]);
});

test('reads over more than a text can hold, where there are no lines', () => {
  const chunk = Buffer.alloc(2 ** 20, 'x');
  // Node has no text of 512 MB.
  expect([...logLines('-', io(Array(600).fill(chunk)))].map(({ length }) => length)).toStrictEqual([65_536]);
});

test('fails on what is not there, and on a directory', () => {
  expect(() => [...logLines('gone', io())]).toThrow('gone: cannot be read: no such file');
  expect(() => [...logLines('.', io())]).toThrow('.: cannot be read: it is a directory');
});
