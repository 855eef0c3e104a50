import { createServer, Server } from 'net';
import { join } from 'path';
import { SeccompArchitecture, Decision, DecisionKind, ContainerRuntime, SeccompProfile } from '../../src';
import { documents } from './load-faults/documents';
import { DebianRelease, DEBIANS, NEWER_RUNCS, ociRuntimes } from './runtimes/debian';
import { OciRuntime } from './runtimes/oci-runtime';
import { makeRootfs } from './runtimes/rootfs';
import { TestNode } from './runtimes/test-node';

const PROGRAM = ['/bin/busybox', 'sh', '-c', 'exit 42'];
const STARTED = 42;

/** https://sources.debian.org/patches/runc/1.1.15+ds1-2/0013-loong64-support.patch/ */
const DEBIAN_PATCHES: readonly string[] = ['architecture SCMP_ARCH_LOONGARCH64'];

describe.each([...DEBIANS, ...NEWER_RUNCS])('%s', debian => {
  let node: TestNode;
  let release: DebianRelease;
  let rootfs: string;
  let agent: Server;
  let socket: string;

  beforeAll(async () => {
    release = await DebianRelease.of(debian);
    node = await TestNode.start(release);
    rootfs = await makeRootfs(node);
    socket = join(node.directory, 'agent.sock');
    // An agent that takes the listener and drops it: whoever waits for its answer gets ENOSYS.
    agent = createServer(connection => connection.resume()).listen(socket);
  }, 6 * 60_000);

  afterAll(async () => {
    agent.close();
    await node.stop();
  });

  test.each(ociRuntimes(debian))('refuses what decide says it refuses, and nothing else: %s', async name => {
    const runtime = release.runtime(name);
    const wrong: string[] = [];
    const isUnpatched = NEWER_RUNCS.includes(debian);
    for (const [title, document] of Object.entries(documents(socket)).filter(([key]) => isUnpatched || !DEBIAN_PATCHES.includes(key))) {
      const { status, stderr } = await OciRuntime[name](node).runContainer({ rootfs, uid: 1001, args: PROGRAM, seccomp: document, timeoutMs: 2_000 });
      const { kind, reason } = decideAnything(document, runtime);
      const isRight = (kind === DecisionKind.REFUSED) === (status !== STARTED);
      if (!isRight) wrong.push(`${title}: ${kind} expected (${reason}), exit status ${status} seen: ${stderr}`);
    }
    expect(wrong).toStrictEqual([]);
  });
});

function decideAnything(document: object, runtime: ContainerRuntime): Decision {
  return SeccompProfile.fromJson(JSON.stringify(document)).decide({ architecture: SeccompArchitecture.X86_64, syscall: 'read', runtime });
}
