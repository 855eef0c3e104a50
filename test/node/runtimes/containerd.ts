import { writeFileSync } from 'fs';
import { join } from 'path';
import { IMAGE, makeImage } from './image';
import { ProcessResult, RunningProcess, until } from './processes';
import { makeRootfs } from './rootfs';
import { RUN, TestNode } from './test-node';

/** The seccomp modes of Kubernetes, as `ctr run` spells them. */
export type Seccomp = 'Unconfined' | 'RuntimeDefault' | { readonly localhostProfile: string };

/**
 * A containerd of its own on a node. It runs containers with runc, through containerd-shim-runc-v2, and reads Localhost profiles
 * with its own loader: the nearest to a kubelet without a cluster.
 */
export class Containerd {
  public static async start(node: TestNode): Promise<Containerd> {
    const directory = node.makeDirectory('containerd');
    const address = join(directory, 'containerd.sock');
    const config = join(directory, 'config.toml');
    writeFileSync(config, [
      'version = 2',
      `root = "${join(directory, 'root')}"`,
      `state = "${join(directory, 'state')}"`,
      // These need a network, a systemd or a special file system.
      'disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",',
      '  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]',
      '[grpc]',
      `address = "${address}"`,
    ].join('\n'));
    const daemon = node.start(['containerd', '--config', config], { timeoutMs: 10 * 60_000 });
    const containerd = new Containerd(node, daemon, address);
    try {
      await until('start of containerd', async () => (await containerd.ctr('version')).status === 0);
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${daemon.output()}`);
    }
    await node.runOrThrow([...containerd.command, 'images', 'import', '--no-unpack', await makeImage(node, await makeRootfs(node))]);
    return containerd;
  }

  private constructor(private readonly node: TestNode, private readonly daemon: RunningProcess, private readonly address: string) {}

  /** Runs a container of Debian to its end, as root with containerd's default capabilities, and removes it. */
  public async runContainer(seccomp: Seccomp, args: readonly string[]): Promise<ProcessResult> {
    const id = `${RUN}${this.node.uniqueName('containerd')}`;
    const debian = ['--mount', 'type=bind,src=/usr,dst=/usr,options=rbind:ro'];
    // The cgroup is one of its own because containerd leaves the parent of its default one behind.
    const where = ['--snapshotter', 'native', '--cgroup', `/${id}`];
    return this.ctr('run', '--rm', ...where, ...debian, ...seccompFlags(seccomp), IMAGE, id, ...args);
  }

  /** Of its client and of itself. */
  public async versions(): Promise<ProcessResult> {
    return this.ctr('version');
  }

  public async stop(): Promise<void> {
    this.daemon.kill();
    await this.daemon.result;
  }

  private get command(): string[] {
    return ['ctr', '--address', this.address];
  }

  private async ctr(...args: string[]): Promise<ProcessResult> {
    // Of cgroup v1, which the machine of the tests may have.
    return this.node.run([...this.command, ...args], { env: { CONTAINERD_SUPPRESS_DEPRECATION_WARNINGS: '1' } });
  }
}

function seccompFlags(seccomp: Seccomp): string[] {
  if (seccomp === 'Unconfined') return [];
  if (seccomp === 'RuntimeDefault') return ['--seccomp'];
  return ['--seccomp', '--seccomp-profile', seccomp.localhostProfile];
}
