import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runOrThrow, runProcess } from './runtimes/processes';
import { SeccompProfile } from '../../src';
import { execute } from '../cli/scenario';

const TOOLS = join(__dirname, '../../.tmp/carriers');
const PROGRAMS = join(__dirname, 'carriers');
const directory = mkdtempSync(join(tmpdir(), 'carriers-'));

/** What is hard to carry: the largest number, strings that look like something else, characters that end lines. */
const ODD = {
  defaultAction: 'SCMP_ACT_ALLOW',
  listenerPath: '/run/ä',
  listenerMetadata: '2001-01-01 \u0085\u2028\u2029\u007f😀: # "\'',
  syscalls: [{ names: ['clone'], action: 'SCMP_ACT_ERRNO', errnoRet: 38, args: [{ index: 0, value: 'MAX', op: 'SCMP_CMP_EQ' }] }],
};

const FILES: Readonly<Record<string, string>> = {
  'podman.json': readFileSync('/usr/share/containers/seccomp.json', 'utf8'),
  'odd.json': JSON.stringify(ODD).replace('"MAX"', '18446744073709551615'),
  'date.json': '{ "defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/run/x", "listenerMetadata": "2001-01-01" }',
  'octal.json': '{ "defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/run/x", "listenerMetadata": "0o17" }',
  'yes.json': '{ "defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/run/x", "listenerMetadata": "yes" }',
};
const NAMES = Object.keys(FILES);

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(directory, name), text);
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  await runOrThrow([join(__dirname, '../../scripts/make-carrier-tools.sh'), TOOLS], { timeoutMs: 8 * 60_000, env });
}, 9 * 60_000);

afterAll(() => rmSync(directory, { recursive: true }));

function cli(...argv: string[]): string {
  const { status, stdout, stderr } = execute(argv, directory);
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
  return stdout;
}

function exported(...argv: string[]): string {
  const path = join(directory, 'exported');
  writeFileSync(path, cli('export', ...argv, '--arch', 'amd64'));
  return path;
}

test.each(NAMES)('gives Talos a patch of %s that it accepts and from which it writes the same profile', async name => {
  const patch = exported(name, '--format', 'talos');
  const [file, ...others] = JSON.parse(await runOrThrow([join(TOOLS, 'bin/talos'), patch])) as { name: string; content: string }[];
  expect({ name: file.name, others }).toStrictEqual({ name, others: [] });
  expect(SeccompProfile.fromJson(file.content).toJson()).toBe(cli('for-node', name, 'amd64'));
});

test('would notice a patch that Talos does not accept', async () => {
  const patch = exported('date.json', '--format', 'talos');
  writeFileSync(patch, readFileSync(patch, 'utf8').replace('seccompProfiles', 'seccompProfile'));
  expect(await runProcess([join(TOOLS, 'bin/talos'), patch])).toMatchObject({ status: 1, stderr: expect.stringContaining('unknown keys') });
});

test.each(NAMES)('gives Ignition a configuration of %s that it accepts without a warning', async name => {
  const config = exported(name, '--format', 'ignition', '--path', 'profiles/team/app.json');
  expect(JSON.parse(await runOrThrow([join(TOOLS, 'bin/ignition'), config]))).toStrictEqual([
    { path: '/var/lib/kubelet/seccomp/profiles/team/app.json', mode: 0o644, overwrite: true, content: cli('for-node', name, 'amd64') },
  ]);
});

test('would notice a configuration that Ignition does not accept', async () => {
  const config = exported('date.json', '--format', 'ignition');
  writeFileSync(config, readFileSync(config, 'utf8').replace('sha512-', 'sha512-0'));
  expect(await runProcess([join(TOOLS, 'bin/ignition'), config])).toMatchObject({ status: 1, stderr: expect.stringContaining('config is not valid') });
});

describe('cloud-init', () => {
  const root = join(TOOLS, 'cloud-init');
  const inRoot = (...argv: string[]) => ['chroot', root, '/usr/bin/python3', ...argv];
  // The root is kept for the next run.
  const kubelet = `/tmp/kubelet-${process.pid}`;
  const script = `/tmp/write-files-${process.pid}.py`;
  const data = `/tmp/user-data-${process.pid}`;

  beforeAll(() => writeFileSync(join(root, script), readFileSync(join(PROGRAMS, 'write-files.py'))));
  afterAll(() => [kubelet, script, data].forEach(path => rmSync(join(root, path), { recursive: true, force: true })));

  test.each(NAMES)('gets user data of %s that fits its schema and from which it writes the document', async name => {
    const text = readFileSync(exported(name, '--format', 'cloud-init', '--kubelet-root', kubelet), 'utf8');
    writeFileSync(join(root, data), text);
    expect(await runOrThrow(inRoot('/usr/bin/cloud-init', 'schema', '--config-file', data))).toContain('Valid schema');
    await runOrThrow(inRoot(script), { input: text });
    const file = join(root, kubelet, 'seccomp/profiles', name);
    expect(readFileSync(file, 'utf8')).toBe(cli('for-node', name, 'amd64'));
    expect(statSync(file)).toMatchObject({ mode: 0o100644, uid: 0, gid: 0 });
  });

  test('would notice user data that does not fit its schema', async () => {
    writeFileSync(join(root, data), readFileSync(exported('date.json', '--format', 'cloud-init'), 'utf8').replace('permissions', 'permisions'));
    expect(await runProcess(inRoot('/usr/bin/cloud-init', 'schema', '--config-file', data))).toMatchObject({
      status: 1, stderr: expect.stringContaining('\'permisions\' was unexpected'),
    });
  });
});

describe('kind', () => {
  const log = join(directory, 'docker.log');

  /** Docker is a script that creates nothing: what kind calls it with is what counts. */
  async function createCluster(config: string) {
    const env = { PATH: `${PROGRAMS}:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: directory, DOCKER_LOG: log, KIND_EXPERIMENTAL_PROVIDER: 'docker' };
    const script = `cd ${directory} && exec ${join(TOOLS, 'bin/kind')} create cluster --config ${config}`;
    return runProcess(['sh', '-c', script], { env });
  }

  test('mounts the directory into the node', async () => {
    await createCluster(exported('odd.json', '--format', 'kind'));
    const [run, ...others] = readFileSync(log, 'utf8').split('\n').filter(line => line.startsWith('run '));
    expect(others).toStrictEqual([]);
    expect(run.split(' ')).toContain(`--volume=${join(directory, 'seccomp')}:/var/lib/kubelet/seccomp:ro`);
  });

  test('would notice a configuration that kind does not accept', async () => {
    const config = exported('odd.json', '--format', 'kind');
    writeFileSync(config, readFileSync(config, 'utf8').replace('extraMounts:', 'extraMount:'));
    expect(await createCluster(config)).toMatchObject({ status: 1, stderr: expect.stringContaining('field extraMount not found') });
  });
});
