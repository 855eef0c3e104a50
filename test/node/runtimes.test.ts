import { existsSync } from 'fs';
import { DebianRelease, NEWER_RUNCS } from './runtimes/debian';
import { ContainerSpec } from './runtimes/oci-config';
import { OciRuntime } from './runtimes/oci-runtime';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';

// The other tests are worth what the containers they run in are worth.

let node: TestNode;
let rootfs: string;

beforeAll(async () => {
  node = await TestNode.start();
  rootfs = await makeRootfs(node);
});

afterAll(async () => node.stop());

describe.each(['runc', 'crun'] as const)('%s', name => {
  const run = async (spec: Omit<ContainerSpec, 'rootfs'>) => OciRuntime[name](node).runContainer({ rootfs, ...spec });

  test('kills a container that does not end', async () => {
    expect(await run({ args: ['sleep', '60'], timeoutMs: 1_000 })).toMatchObject({ status: 137, timedOut: true });
  });

  test('gives a container no capability, no new privileges and no way to write its root', async () => {
    const { stdout } = await run({ args: ['sh', '-c', 'grep -E "^(Cap(Eff|Bnd)|NoNewPrivs|Seccomp):" /proc/self/status; touch /x 2>&1; echo $$'] });
    expect(stdout.split('\n')).toStrictEqual([
      'CapEff:\t0000000000000000',
      'CapBnd:\t0000000000000000',
      'NoNewPrivs:\t1',
      'Seccomp:\t0',
      'touch: /x: Read-only file system',
      '1',
      '',
    ]);
  });

  test('passes on the exit status of a container', async () => {
    expect(await run({ args: ['sh', '-c', 'echo out; echo err >&2; exit 7'] })).toStrictEqual({ status: 7, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });
});

test.each(NEWER_RUNCS)('runs the runc that a node is for: %s', async name => {
  const release = await DebianRelease.of(name);
  const other = await TestNode.start(release);
  const lines = (await other.stopUnless(async () => other.runOrThrow(['runc', '--version']))).split('\n');
  await other.stop();
  const { version, libseccomp } = release.runtime('runc');
  expect(lines).toContain(`runc version ${version}`);
  // Debian's 2.5.4 has the names of 2.5.5.
  expect(lines).toContain(`libseccomp: ${libseccomp === '2.5.5' ? '2.5.4' : libseccomp}`);
}, 6 * 60_000);

test('ends everything that runs on a node with the node', async () => {
  const other = await TestNode.start();
  const orphan = other.start(['sh', '-c', 'sleep 60 & echo started; wait']);
  await other.stop();
  expect((await orphan.result).timedOut).toBe(false);
  expect(existsSync(other.directory)).toBe(false);
});
