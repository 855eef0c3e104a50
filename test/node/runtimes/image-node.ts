import { release } from 'os';
import { join } from 'path';
import { ContainerHost, stopUnless } from './container-host';
import { DebianRelease } from './debian';
import { runOrThrow } from './processes';
import { makeRootfs } from './rootfs';
import { TestNode } from './test-node';
import { NodeArchitecture } from '../../../src';

/** With which C library a program is built, and for which ABI of the node: its own, or the other one. */
export type Build = 'glibc' | 'musl' | 'no libc' | 'static glibc of the other ABI' | 'no libc of the other ABI';

/** Without a C library, which would make calls of its own. */
export const FREESTANDING = ['-O1', '-static', '-nostdlib', '-fno-stack-protector'];

export const PROBES = join(__dirname, '../probes');

/** A node of some kind with one image: a busybox, and programs that are built into it. */
export interface ImageNode {
  readonly host: ContainerHost;
  readonly kind: NodeArchitecture;
  /** `6.1.0` */
  readonly kernelVersion: string;
  readonly debian: DebianRelease;
  readonly rootfs: string;
  /** Whether programs of the other ABI are other programs: those of x86 can make the calls of each. */
  readonly hasOtherPrograms: boolean;
  /** Where the node has the /usr of its Debian release, and of others. */
  usrOf(debian: DebianRelease): string;
  /**
   * Builds a C program.
   *
   * @param file where the node finds it
   */
  build(source: string, build: Build, file: string): Promise<void>;
}

/** This machine, with the runtimes of a Debian release. */
export async function localNode(debian: DebianRelease): Promise<ImageNode> {
  const host = await TestNode.start(debian);
  return stopUnless(host, async () => ({
    host,
    kind: NodeArchitecture.AMD64,
    kernelVersion: release(),
    debian,
    rootfs: await makeRootfs(host),
    usrOf: ({ usr }: DebianRelease) => usr === '/usr' ? host.machineUsr : usr,
    hasOtherPrograms: false,
    build: async (source: string, build: Build, file: string) => {
      await runOrThrow([...COMPILERS[build] ?? unknown(build), '-o', file, source]);
    },
  }));
}

const COMPILERS: Readonly<Partial<Record<Build, readonly string[]>>> = {
  'glibc': ['gcc', '-O1'],
  'musl': ['musl-gcc', '-O1', '-static'],
  'no libc': ['gcc', ...FREESTANDING, '-mno-red-zone'],
};

function unknown(build: Build): never {
  throw new Error(`${build}: this machine builds ${Object.keys(COMPILERS).join(', ')}`);
}
