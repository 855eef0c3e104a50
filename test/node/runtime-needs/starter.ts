import { writeFileSync } from 'fs';
import { join } from 'path';
import { stopUnless } from '../runtimes/container-host';
import { ImageNode } from '../runtimes/image-node';
import { ociConfig } from '../runtimes/oci-config';
import { OciRuntimeName } from '../runtimes/oci-runtime';
import { RUN } from '../runtimes/test-node';

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

/**
 * Starts containers whose program needs nothing, by `create` and `start` as containerd and CRI-O do. The soft limit of open files is below the hard one, as
 * it is where systemd starts them.
 */
export class Starter {
  public static async on(node: ImageNode): Promise<Starter> {
    const { host, rootfs } = node;
    return stopUnless(host, async () => {
      await node.build(join(__dirname, 'exit.c'), 'no libc', join(rootfs, 'bin/exit'));
      const adopt = join(host.makeDirectory('adopt'), 'adopt');
      await node.build(join(__dirname, 'adopt.c'), 'musl', adopt);
      return new Starter(node, adopt);
    });
  }

  private constructor(private readonly node: ImageNode, private readonly adopt: string) {}

  /** For files that a container of the node needs. */
  public get directory(): string {
    return this.node.host.directory;
  }

  /** Whether the program ran. */
  public async starts(name: OciRuntimeName, setting: Setting, { seccomp, pauseSeconds = 0, timeoutMs = 10_000 }: StartOptions): Promise<boolean> {
    const { host, rootfs } = this.node;
    const id = `${RUN}${host.uniqueName(name)}`;
    const bundle = host.makeDirectory('bundle');
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(ociConfig(id, { rootfs, args: ['/bin/exit'], seccomp, ...setting })));
    const runtime = [...COMMANDS[name], '--root', `/run/${name}-state`];
    // There is no shell in the /usr of another release.
    const busybox = join(rootfs, 'bin/busybox');
    const create = [...runtime, 'create', '--bundle', bundle, id].join(' ');
    const script = `ulimit -Sn 512 && ${create} && ${busybox} sleep ${pauseSeconds} && exec ${runtime.join(' ')} start ${id}`;
    const running = host.start([this.adopt, busybox, 'sh', '-c', script], { timeoutMs });
    try {
      await running.exited;
    } finally {
      // What is left of it may hold the output open.
      await host.run([...runtime, 'delete', '--force', id]);
    }
    return (await running.result).status === STARTED;
  }

  public async stop(): Promise<void> {
    await this.node.host.stop();
  }
}
