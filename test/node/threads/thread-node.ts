import { join } from 'path';
import { Libc, ContainerRuntime } from '../../../src';
import { DebianRelease } from '../runtimes/debian';
import { BindMount } from '../runtimes/oci-config';
import { OciRuntime, OciRuntimeName } from '../runtimes/oci-runtime';
import { runOrThrow } from '../runtimes/processes';
import { makeRootfs } from '../runtimes/rootfs';
import { python } from '../runtimes/runtimes';
import { TestNode } from '../runtimes/test-node';

const PROBE = join(__dirname, '../probes/thread.c');

/** A program that starts a thread in a container, with the C library that it does so by. */
export interface Image {
  readonly libc: Libc;
  readonly usr?: string;
  /** Prints what test/node/probes/thread.c prints. */
  readonly pthread: readonly string[];
  /** Prints what test/node/probes/thread.py prints. */
  readonly python?: readonly string[];
}

/** What became of such a program: the exit status, and what it printed if it got that far. */
export type Ending = readonly [status: number, printed: string];

export class ThreadNode {
  public static async start(release: DebianRelease): Promise<ThreadNode> {
    const node = await TestNode.start(release);
    return node.stopUnless(async () => {
      const rootfs = await makeRootfs(node);
      await runOrThrow(['gcc', '-O1', '-o', join(rootfs, 'bin/thread'), PROBE]);
      await runOrThrow(['musl-gcc', '-O1', '-static', '-o', join(rootfs, 'bin/thread-musl'), PROBE]);
      return new ThreadNode(node, release, rootfs);
    });
  }

  private constructor(private readonly node: TestNode, private readonly release: DebianRelease, private readonly rootfs: string) {}

  public runtime(name: OciRuntimeName): ContainerRuntime {
    return this.release.runtime(name);
  }

  public async run(name: OciRuntimeName, { usr }: Image, args: readonly string[], document: string, timeoutMs = 10_000): Promise<Ending> {
    const mounts: BindMount[] = usr === undefined ? [] : [{ source: usr === '/usr' ? this.node.machineUsr : usr, destination: '/usr' }];
    const { status, stdout } = await OciRuntime[name](this.node)
      .runContainer({ rootfs: this.rootfs, uid: 1001, mounts, args, timeoutMs, seccomp: JSON.parse(document) });
    return [status, stdout.trim()];
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }
}

export function debianImage({ glibc, usr }: DebianRelease): Image {
  return { libc: glibc, usr, pthread: ['/bin/thread'], python: python('thread.py') };
}

export const MUSL_IMAGE: Image = { libc: Libc.musl(), pthread: ['/bin/thread-musl'] };
