import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { NodeArchitecture, SeccompArchitecture, SeccompProfile } from '../../src';
import { execute } from '../cli/scenario';
import { ImageNode } from '../node/runtimes/image-node';
import { RUN } from '../node/runtimes/test-node';
import { THREAD_PROBE } from '../node/threads/thread-node';
import { vmNode } from '../vm/image-node';
import { ARM64 } from '../vm/machine';
import { runUnder } from '../vm/programs';

const KILLED = 128 + 31;
const directory = mkdtempSync(join(tmpdir(), RUN));
let node: ImageNode;

beforeAll(async () => {
  node = await vmNode(ARM64, 'bookworm');
  await node.build(THREAD_PROBE, 'musl', join(node.rootfs, 'bin/thread-musl'));
  await node.build(THREAD_PROBE, 'static glibc of the other ABI', join(node.rootfs, 'bin/thread-arm'));
});

afterAll(async () => {
  await node.host.stop();
  rmSync(directory, { recursive: true });
});

function profileOf(architectures: readonly SeccompArchitecture[], names: readonly string[], action: string): SeccompProfile {
  return SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: architectures.map(String), syscalls: [{ names, action }] });
}

const BOTH = NodeArchitecture.ARM64.architectures;

/** Seccomp records that the kernel makes meanwhile, as its log has them. */
async function recordsOf(act: () => Promise<unknown>): Promise<string[]> {
  await node.host.runOrThrow(['dmesg', '-c']);
  await act();
  return (await node.host.runOrThrow(['dmesg'])).split('\n').filter(line => line.includes('type=1326'));
}

function command(name: string, log: readonly string[], ...options: string[]) {
  writeFileSync(join(directory, 'node.log'), `${log.join('\n')}\n`);
  return execute([name, 'node.log', '--format', 'json', ...options], directory);
}

test.each([
  ['AARCH64', '/bin/thread-musl', 0],
  ['ARM', '/bin/thread-arm', 1],
] as const)('reads who was killed from the record of a call of %s', async (abi, program, compat) => {
  const profile = profileOf(BOTH, ['clone', 'clone3'], 'SCMP_ACT_KILL_PROCESS');
  const lines = await recordsOf(async () => {
    const { status } = await runUnder(node, 'crun', { args: [program] }, JSON.parse(profile.toJson()));
    expect(status).toBe(KILLED);
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(` compat=${compat} `);
  const { status, stdout } = command('audit', lines);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    records: 1, denied: 1, calls: [{ syscall: expect.stringMatching(/^clone3?$/), architecture: `SCMP_ARCH_${abi}`, action: 'SCMP_ACT_KILL_PROCESS' }],
  });
});

test('reads that a program of 32-bit ARM was killed under a document without ARM', async () => {
  const document = profileOf([SeccompArchitecture.AARCH64], ['swapon'], 'SCMP_ACT_ERRNO').toJson();
  const lines = await recordsOf(async () => runUnder(node, 'crun', { args: ['/bin/thread-arm'] }, JSON.parse(document)));
  expect(lines.map(line => / arch=(\w+) .* compat=(\d) .* code=(\w+)/.exec(line)?.slice(1))).toStrictEqual([['40000028', '1', '0x0']]);
  const { stdout } = command('audit', lines);
  expect(JSON.parse(stdout)).toMatchObject({ calls: [{ architecture: 'SCMP_ARCH_ARM', action: 'SCMP_ACT_KILL_THREAD' }] });
});

test('fails to find a record where nothing is recorded', async () => {
  const document = profileOf(BOTH, ['swapon'], 'SCMP_ACT_LOG').toJson();
  expect(await recordsOf(async () => runUnder(node, 'crun', { args: ['/bin/thread-musl'] }, JSON.parse(document)))).toStrictEqual([]);
});

test('records an allowlist under which the program runs there, and without one of its calls does not', async () => {
  const program = { args: ['/bin/thread-musl'] };
  const logging = SeccompProfile.logging().forNode(NodeArchitecture.ARM64);
  const lines = await recordsOf(async () => {
    expect(await runUnder(node, 'crun', program, JSON.parse(logging.toJson()))).toMatchObject({ status: 0, stdout: '0 ran\n' });
  });
  const { stdout, stderr } = command('record', lines);
  expect(JSON.parse(stderr)).toMatchObject({ unreadable: 0, torn: 0 });
  const allowlist = SeccompProfile.fromJson(stdout);
  expect(JSON.parse(stdout).architectures).toStrictEqual(['SCMP_ARCH_AARCH64']);
  for (const runtime of ['runc', 'crun'] as const) {
    expect(await runUnder(node, runtime, program, JSON.parse(allowlist.toJson()))).toMatchObject({ status: 0, stdout: '0 ran\n' });
  }
  const lacking = JSON.parse(allowlist.withoutSyscalls(['writev', 'write']).toJson());
  expect(await runUnder(node, 'crun', program, lacking)).not.toMatchObject({ status: 0, stdout: '0 ran\n' });
});
