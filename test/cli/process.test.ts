import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative, resolve } from 'path';

const COMMAND = resolve('bin/cdk8s-seccomp');
const PROFILE = '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["moumt"], "action": "SCMP_ACT_ERRNO" }] }\n';
const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { containers: [{ name: 'app', image: 'app' }] } };
const directory = mkdtempSync(join(tmpdir(), 'process-'));
afterAll(() => rmSync(directory, { recursive: true }));

// `npm test` compiles first.
beforeAll(() => {
  if (!existsSync('lib/cli/main.js')) throw new Error('lib/cli/main.js is missing: npm run compile');
  writeFileSync(join(directory, 'profile.json'), PROFILE);
  writeFileSync(join(directory, 'pod.json'), JSON.stringify(POD));
  writeFileSync(join(directory, 'map.yaml'), `kind: ConfigMap\ndata:\n  a.json: '${PROFILE.trim()}'\n`);
});

function shell(script: string) {
  return spawnSync('bash', ['-c', script], { cwd: directory, encoding: 'utf8', env: { ...process.env, CLI: COMMAND, NODE: process.execPath } });
}

/** The packages and rooms that a run loads. */
function loaded(args: string): string[] {
  const { stdout } = shell(`"$NODE" -e 'process.on("exit", () => require("fs").writeFileSync("loaded", Object.keys(require.cache).join("\\n")));
    process.argv.splice(1, 0, process.env.CLI); require(process.env.CLI.replace("bin/cdk8s-seccomp", "lib/cli/main.js"))' -- ${args}`);
  expect(stdout).not.toBe('');
  const files = readFileSync(join(directory, 'loaded'), 'utf8').split('\n');
  return [...new Set(files.map(file => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? /\/lib\/([^/]+)\//.exec(file)?.[1] ?? relative('.', file)))].sort();
}

test('is a file that can be run, of two lines', () => {
  expect(statSync(COMMAND).mode & 0o777).toBe(0o755);
  expect(readFileSync(COMMAND, 'utf8').trim().split('\n')).toHaveLength(2);
  expect(shell('"$CLI" --version')).toMatchObject({ status: 0, stdout: `${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`, stderr: '' });
});

test('loads neither cdk8s nor constructs, and yaml only for YAML', () => {
  expect(loaded('lint profile.json')).toStrictEqual(['cli', 'commander', 'fastest-levenshtein', 'jsonc-parser', 'lint', 'manifests', 'package.json', 'private', 'profile', 'syscalls']);
  expect(loaded('lint map.yaml')).toContain('yaml');
  const check = ['cli', 'commander', 'jsonc-parser', 'lint', 'manifests', 'package.json', 'private', 'profile', 'syscalls'];
  expect(loaded('check pod.json').filter(each => each !== 'fastest-levenshtein')).toStrictEqual(check);
  expect(loaded('check map.yaml')).toEqual(expect.arrayContaining(['manifests', 'yaml']));
  expect(loaded('check map.yaml').filter(each => /^(cdk8s|constructs)/.test(each))).toStrictEqual([]);
  expect(loaded('export profile.json --format ignition')).not.toContain('yaml');
  expect(loaded('export profile.json --format talos')).toContain('yaml');
  expect(loaded('--version')).toStrictEqual(['cli', 'commander', 'package.json', 'private']);
});

test('reads a pipe to its end and writes all of it', () => {
  const { status, stdout, stderr } = shell('(sleep 0.3; cat profile.json; yes "" | head -c 300000) | "$CLI" lint --fix --severity missing-compat-abi=off - | wc -c');
  expect({ status, length: Number(stdout), stderr }).toStrictEqual({ status: 0, length: PROFILE.length + 300000, stderr: expect.stringContaining('unknown-syscall') });
});

test('checks a pipe as it comes', () => {
  const { status, stdout } = shell('(cat pod.json; sleep 0.3; cat pod.json) | "$CLI" check - | tail -n 2');
  expect({ status, stdout }).toStrictEqual({ status: 0, stdout: '2 workloads, 2 warnings\nrun `cdk8s-seccomp rules seccomp-unset` for the reason\n' });
});

/** Each of 7,000 pods of 6 kB has something wrong with it: what is kept of it until the end must not hold the text around it. */
test('checks a set that is larger than its memory', () => {
  const pod = (index: number) => ({
    ...POD,
    metadata: { name: `pod-number-${index}`, namespace: `namespace-${index}`, annotations: { note: 'x'.repeat(6000) } },
    spec: { containers: [{ name: `container-number-${index}`, image: 'app' }] },
  });
  writeFileSync(join(directory, 'large.json'), JSON.stringify({ kind: 'List', items: Array.from({ length: 7000 }, (_, index) => pod(index)) }, undefined, 20));
  expect(statSync(join(directory, 'large.json')).size).toBeGreaterThan(40_000_000);
  const { status, stdout } = shell('"$NODE" --max-old-space-size=32 "$CLI" check --format github large.json | tail -n 1; exit "${PIPESTATUS[0]}"');
  expect({ status, stdout }).toStrictEqual({ status: 0, stdout: expect.stringContaining('"container-number-6999" has no profile') });
}, 60_000);

test('ends quietly when its reader has gone', () => {
  expect(shell('"$CLI" rules | true; echo "${PIPESTATUS[0]}"; "$CLI" rules | head -n 1')).toMatchObject({
    stdout: expect.stringMatching(/^0\n\S+ .*\n$/), stderr: '',
  });
});

test('fails without a stack trace', () => {
  expect(shell('"$CLI" lint nowhere.json')).toMatchObject({ status: 2, stdout: '', stderr: 'cdk8s-seccomp: nowhere.json: cannot be read: no such file\n' });
  expect(shell('printf "\\xff" | "$CLI" lint -')).toMatchObject({ status: 2, stderr: 'cdk8s-seccomp: stdin: cannot be read: not UTF-8\n' });
});
