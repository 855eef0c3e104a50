import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const { peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
let packed: { filename: string; size: number; unpackedSize: number; entryCount: number };
const directory = mkdtempSync(join(tmpdir(), 'new-user-'));
afterAll(() => rmSync(directory, { recursive: true }));

function run(command: string, args: string[], cwd = directory): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => {
  [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', directory], resolve('.')));
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  const peers = Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`);
  run('npm', ['install', '--no-audit', '--no-fund', join(directory, packed.filename), ...peers,
    `typescript@${devDependencies.typescript}`, `@types/node@${devDependencies['@types/node']}`]);
});

test('compiles and synthesizes the README\'s snippet from the packed tarball', () => {
  const [, snippet] = /```typescript\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))!;
  writeFileSync(join(directory, 'main.ts'), snippet);
  run(join(directory, 'node_modules', '.bin', 'tsc'), ['--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node', 'main.ts']);
  run(process.execPath, ['main.js']);

  const [profiles, motor] = readdirSync(join(directory, 'dist')).sort().map(file => readFileSync(join(directory, 'dist', file), 'utf8'));
  expect(profiles).toContain('kind: DaemonSet');
  expect(profiles).toContain('install-profiles.sh: |');
  expect(motor).toContain('localhostProfile: profiles/mindie/mindie-motor-seccomp-blacklist.json');
});

test('lints with the command of the packed tarball', () => {
  writeFileSync(join(directory, 'map.yaml'), 'kind: ConfigMap\nmetadata: { name: p }\ndata:\n  a.json: \'{ "defaultAction": "SCMP_ACT_ALOW" }\'\n');
  const { status, stdout } = spawnSync('npx', ['--no-install', 'cdk8s-seccomp', 'lint', 'map.yaml'], { cwd: directory, encoding: 'utf8' });
  expect({ status, stdout }).toStrictEqual({ status: 1, stdout: expect.stringContaining('4:31  error  invalid-profile') });
  expect(run('npx', ['--no-install', 'cdk8s-seccomp', '--version'])).toBe('0.0.0\n');
});

test('packs what users need and nothing else', () => {
  console.log(`packed ${Math.round(packed.size / 1000)} kB, unpacked ${Math.round(packed.unpackedSize / 1000)} kB, ${packed.entryCount} files`);
  expect(packed.unpackedSize).toBeLessThan(5_000_000);
  const installed = join(directory, 'node_modules', 'cdk8s-seccomp');
  const roots = readdirSync(installed).filter(name => name !== 'node_modules').sort();
  expect(roots).toStrictEqual(['.jsii', 'API.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'assets', 'bin', 'lib', 'package.json', 'rosetta']);
});

test('meets the conditions of Construct Hub', () => {
  const { keywords, license, jsii, publishConfig } = JSON.parse(readFileSync(join(directory, 'node_modules', 'cdk8s-seccomp', 'package.json'), 'utf8'));
  expect({ license, publishConfig }).toStrictEqual({ license: 'Apache-2.0', publishConfig: { access: 'public' } });
  expect(keywords).toContain('cdk8s');
  expect(Object.keys(jsii.targets).sort()).toStrictEqual(['dotnet', 'go', 'java', 'python']);
});
