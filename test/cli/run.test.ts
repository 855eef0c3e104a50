import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { execute } from './scenario';

const FIXABLE = '{ "defaultAction": "SCMP_ACT_ALLOW", "note": "x", "syscalls": [{ "names": ["clone3"], "action": "SCMP_ACT_ERRNO" }] }\n';
const directory = mkdtempSync(join(tmpdir(), 'run-'));
afterAll(() => rmSync(directory, { recursive: true }));

const ESCAPE = '\u001b';

test('colours on a terminal, unless NO_COLOR or a dumb terminal says otherwise', () => {
  const stdin = () => FIXABLE;
  const lint = (io: object) => execute(['lint', '-'], directory, { stdin, ...io }).stdout.includes(ESCAPE);
  expect(lint({ isTTY: true })).toBe(true);
  expect(lint({ isTTY: false })).toBe(false);
  expect(lint({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
  expect(lint({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
});

test('wraps to the width of a terminal', () => {
  const { stdout } = execute(['lint', '-'], directory, { stdin: () => FIXABLE, columns: 100 });
  const texts = stdout.split('\n').filter(line => !line.includes(' | '));
  expect(Math.max(...texts.slice(0, -3).map(line => line.length))).toBeLessThanOrEqual(100);
});

test('prints nothing of a file that a terminal takes for a command', () => {
  const stdin = () => 'kind: ConfigMap\nmetadata: { name: "a\\e[31m" }\ndata:\n  "p\\e[0m": "{\\"defaultAction\\": \\"SCMP_ACT_ALLOW\\"}"\n';
  const { stdout } = execute(['lint', '-'], directory, { stdin });
  expect(stdout).toContain('ConfigMap a·[31m, p·[0m');
  expect(stdout).not.toContain(ESCAPE);
});

test('replaces a fixed file in one step: mode and links stay, nothing is left behind', () => {
  const [file, link] = ['profile.json', 'link.json'].map(name => join(directory, name));
  writeFileSync(file, FIXABLE);
  chmodSync(file, 0o604);
  symlinkSync('profile.json', link);
  const before = statSync(file).ino;
  execute(['lint', '--fix', 'link.json'], directory);
  expect(readFileSync(file, 'utf8')).not.toContain('note');
  expect(statSync(file).mode & 0o777).toBe(0o604);
  expect(statSync(file).ino).not.toBe(before);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readdirSync(directory).sort()).toStrictEqual(['link.json', 'profile.json']);
});

test('points at the same place in LF and CRLF, in a block with an explicit indentation, and through an anchor', () => {
  const lines = ['kind: ConfigMap', 'data:', '  a.json: &a |2', '    {"defaultAction": "SCMP_ACT_ALLOW",', '     "syscals": []}', '  b.json: *a', ''];
  const places = (text: string) => {
    const { profiles } = JSON.parse(execute(['lint', '--format', 'json', '-'], directory, { stdin: () => text }).stdout);
    return profiles.map(({ findings }: any) => findings.filter((each: any) => each.rule === 'unknown-field').map(({ line, column, length }: any) => [line, column, length]));
  };
  expect(places(lines.join('\n'))).toStrictEqual([[[5, 17, 2]], [[5, 17, 2]]]);
  expect(places(lines.join('\r\n'))).toStrictEqual([[[5, 17, 2]], [[5, 17, 2]]]);
});

test('says that an internal error is one', () => {
  const { status, stderr } = execute(['rules'], directory, { stdout: () => { throw new TypeError('boom'); } });
  expect(status).toBe(70);
  expect(stderr).toMatch(/^cdk8s-seccomp: internal error, please report it\nTypeError: boom\n/);
});
