import { copyFileSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { DebianRelease } from '../runtimes/debian';
import { ociConfig } from '../runtimes/oci-config';
import { OciRuntimeName } from '../runtimes/oci-runtime';
import { runOrThrow } from '../runtimes/processes';
import { RUN, TestNode } from '../runtimes/test-node';

/** A part of a pod's security context. */
export interface Setting {
  readonly uid: number;
  readonly noNewPrivileges: boolean;
  readonly capabilities: readonly string[];
}

export interface StartOptions {
  readonly seccomp?: object;
  /**
   * Between `create` and `start`.
   *
   * @default 0
   */
  readonly pauseSeconds?: number;
  /** @default 10000 */
  readonly timeoutMs?: number;
}

/** The status of exit.c. */
const STARTED = 42;

const COMMANDS: Readonly<Record<OciRuntimeName, readonly string[]>> = { runc: ['runc'], crun: ['crun', '--cgroup-manager=disabled'] };

/** Starts containers whose program needs nothing, by `create` and `start` as containerd and CRI-O do. */
export class Starter {
  public static async on(release: DebianRelease): Promise<Starter> {
    const node = await TestNode.start(release);
    return node.stopUnless(async () => {
      const rootfs = node.makeDirectory('rootfs');
      for (const directory of ['bin', 'dev', 'proc', 'tmp']) mkdirSync(join(rootfs, directory), { mode: 0o755 });
      await runOrThrow(['gcc', '-O1', '-static', '-nostdlib', '-o', join(rootfs, 'bin/exit'), join(__dirname, 'exit.c')]);
      const adopt = join(node.makeDirectory('adopt'), 'adopt');
      await runOrThrow(['musl-gcc', '-O1', '-static', '-o', adopt, join(__dirname, 'adopt.c')]);
      // There is no shell in the /usr of another release.
      copyFileSync('/bin/busybox', join(node.directory, 'busybox'));
      return new Starter(node, rootfs, adopt);
    });
  }

  private constructor(private readonly node: TestNode, private readonly rootfs: string, private readonly adopt: string) {}

  /** For files that a container of the node needs. */
  public get directory(): string {
    return this.node.directory;
  }

  /** Whether the program ran. */
  public async starts(name: OciRuntimeName, setting: Setting, { seccomp, pauseSeconds = 0, timeoutMs = 10_000 }: StartOptions): Promise<boolean> {
    const id = `${RUN}${this.node.uniqueName(name)}`;
    const bundle = this.node.makeDirectory('bundle');
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(ociConfig(id, { rootfs: this.rootfs, args: ['/bin/exit'], seccomp, ...setting })));
    const runtime = [...COMMANDS[name], '--root', join(this.node.directory, `${name}-state`)];
    const busybox = join(this.node.directory, 'busybox');
    const create = [...runtime, 'create', '--bundle', bundle, id].join(' ');
    const script = `${create} && ${busybox} sleep ${pauseSeconds} && exec ${runtime.join(' ')} start ${id}`;
    const running = this.node.start([this.adopt, busybox, 'sh', '-c', script], { timeoutMs });
    try {
      await running.exited;
    } finally {
      // What is left of it may hold the output open.
      await this.node.run([...runtime, 'delete', '--force', id]);
    }
    return (await running.result).status === STARTED;
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }
}
