import { join } from 'path';
import { MindieProfile, NodeArchitecture, SeccompArchitecture, SeccompProfile } from '../../src';
import { testEscapes } from '../node/hardened/suite';
import { ImageNode } from '../node/runtimes/image-node';
import { OCI_RUNTIMES } from '../node/runtimes/oci-runtime';
import { THREAD_PROBE } from '../node/threads/thread-node';
import { vmNode } from '../vm/image-node';
import { ARM64 } from '../vm/machine';
import { runProgram, runUnder } from '../vm/programs';

const KILLED = 128 + 31;
const NATIVE = ['/bin/thread-musl'];
const ARM = ['/bin/thread-arm'];
const reference = MindieProfile.reference();

/** What `for-node arm64` makes of it, or one of its own. */
const forArm64 = JSON.parse(reference.forNode(NodeArchitecture.ARM64).toJson());
const listing = (...architectures: SeccompArchitecture[]) => ({ ...forArm64, architectures: architectures.map(String) });

let node: ImageNode;

beforeAll(async () => {
  node = await vmNode(ARM64, 'bookworm');
  await node.build(THREAD_PROBE, 'musl', join(node.rootfs, 'bin/thread-musl'));
  await node.build(THREAD_PROBE, 'static glibc of the other ABI', join(node.rootfs, 'bin/thread-arm'));
});

afterAll(async () => node.host.stop());

describe.each(OCI_RUNTIMES)('%s', name => {
  const ending = async (args: readonly string[], seccomp?: object) => {
    const { status, stdout } = await runUnder(node, name, { args }, seccomp);
    return [status, stdout.trim()];
  };

  test('refuses the reference as it is written, for all of its architectures', async () => {
    const { status, stdout, stderr } = await runUnder(node, name, { args: NATIVE }, JSON.parse(reference.toJson()));
    expect([status, stdout]).toStrictEqual([1, '']);
    expect(stderr.toLowerCase()).toMatch(/numerical argument out of domain|string scmp_arch_riscv64 is not a valid arch/);
  });

  test('runs programs of both ABIs under what the reference is for arm64, and denies', async () => {
    expect(await ending(NATIVE, forArm64)).toStrictEqual([0, '0 ran']);
    expect(await ending(ARM, forArm64)).toStrictEqual([0, '0 ran']);
    const unshare = ['/bin/busybox', 'unshare', '-U', '/bin/busybox', 'true'];
    expect((await runUnder(node, name, { args: unshare })).status).toBe(0);
    expect((await runUnder(node, name, { args: unshare }, forArm64)).stderr).toContain('Operation not permitted');
  });

  test('kills programs of 32-bit ARM under a document without ARM, and of none under one without AARCH64', async () => {
    expect(await ending(ARM, listing(SeccompArchitecture.AARCH64))).toStrictEqual([KILLED, '']);
    expect(await ending(NATIVE, listing(SeccompArchitecture.AARCH64))).toStrictEqual([0, '0 ran']);
    // The native ABI is in every filter.
    expect(await ending(NATIVE, listing(SeccompArchitecture.ARM))).toStrictEqual([0, '0 ran']);
    const without = SeccompProfile.fromJson(listing(SeccompArchitecture.AARCH64));
    const decision = without.decide({ architecture: SeccompArchitecture.ARM, syscall: 'brk', node: NodeArchitecture.ARM64 });
    expect(`${decision.action}`).toBe('SCMP_ACT_KILL_THREAD');
  });
});

describe('hardened', () => {
  testEscapes(() => ({ run: async (name, program, profile) => runProgram(node, name, program, profile) }), 'crun', ARM64.node);
});
