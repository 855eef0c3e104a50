import { join } from 'path';
import { Libc, SeccompArchitecture } from '../../src';
import { ImageNode } from '../node/runtimes/image-node';
import { threadProfiles, undoneProfiles } from '../node/threads/profiles';
import { testThreads } from '../node/threads/suite';
import { debianImage, Image, MUSL_IMAGE, THREAD_PROBE } from '../node/threads/thread-node';
import { debianOf, vmNode } from '../vm/image-node';
import { ARM64, RELEASES } from '../vm/machine';
import { VmNode } from '../vm/vm-node';

const kind = ARM64.node;
const TITLES = Object.keys(threadProfiles(kind));
const UNDONE = Object.keys(undoneProfiles(kind));
/** Programs of 32-bit ARM make calls that an allowlist of calls of 64 bits does not have. */
const ARM_TITLES = TITLES.filter(title => !title.startsWith('allowlist'));

async function images(node: ImageNode): Promise<Image[]> {
  await node.build(THREAD_PROBE, 'static glibc of the other ABI', join(node.rootfs, 'bin/thread-arm'));
  return [
    ...RELEASES.map(release => debianImage(debianOf(node.host as VmNode, release))),
    MUSL_IMAGE,
    { libc: Libc.glibc('2.36'), architecture: SeccompArchitecture.ARM, pthread: ['/bin/thread-arm'], titles: ARM_TITLES },
  ];
}

testThreads({
  kind,
  start: async () => vmNode(ARM64, 'bookworm'),
  images,
  titles: { crun: [...TITLES, ...UNDONE], runc: ['reference', 'clone3 EPERM', 'clone3 ENOSYS', 'allowlist up to rseq', 'allowlist up to rseq, and faccessat2'] },
  undoneTimeoutMs: 5_000,
});
