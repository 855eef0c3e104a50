import { join } from 'path';
import { Libc, SeccompArchitecture } from '../../../src';
import { stopUnless } from '../runtimes/container-host';
import { DebianRelease } from '../runtimes/debian';
import { ImageNode, PROBES } from '../runtimes/image-node';
import { OciRuntime, OciRuntimeName } from '../runtimes/oci-runtime';
import { python } from '../runtimes/runtimes';

export const THREAD_PROBE = join(PROBES, 'thread.c');

/** A program that starts a thread in a container, with the C library that it does so by. */
export interface Image {
  readonly libc: Libc;
  readonly debian?: DebianRelease;
  /** @default - the node's own */
  readonly architecture?: SeccompArchitecture;
  /**
   * Under which profiles it is tried.
   *
   * @default - all
   */
  readonly titles?: readonly string[];
  /** Prints what test/node/probes/thread.c prints. */
  readonly pthread: readonly string[];
  /** Prints what test/node/probes/thread.py prints. */
  readonly python?: readonly string[];
}

/** What became of such a program: the exit status, and what it printed if it got that far. */
export type Ending = readonly [status: number, printed: string];

export class ThreadNode {
  public static async on(node: ImageNode): Promise<ThreadNode> {
    return stopUnless(node.host, async () => {
      await node.build(THREAD_PROBE, 'glibc', join(node.rootfs, 'bin/thread'));
      await node.build(THREAD_PROBE, 'musl', join(node.rootfs, 'bin/thread-musl'));
      return new ThreadNode(node);
    });
  }

  private constructor(public readonly node: ImageNode) {}

  public async run(name: OciRuntimeName, { debian }: Image, args: readonly string[], document: string, timeoutMs?: number): Promise<Ending> {
    const { host, rootfs, usrOf } = this.node;
    const mounts = debian ? [{ source: usrOf(debian), destination: '/usr' }] : [];
    const spec = { rootfs, uid: 1001, mounts, args, timeoutMs, seccomp: JSON.parse(document) };
    const { status, stdout } = await OciRuntime[name](host).runContainer(spec);
    return [status, stdout.trim()];
  }

  public async stop(): Promise<void> {
    await this.node.host.stop();
  }
}

export function debianImage(debian: DebianRelease): Image {
  return { libc: debian.glibc, debian, pthread: ['/bin/thread'] };
}

/** With Python as well, where it is quick. */
export function pythonImage(debian: DebianRelease): Image {
  return { ...debianImage(debian), python: python('thread.py') };
}

export const MUSL_IMAGE: Image = { libc: Libc.musl(), pthread: ['/bin/thread-musl'] };
