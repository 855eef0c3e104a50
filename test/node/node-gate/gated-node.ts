import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { NodeArchitecture } from '../../../src';
import { ConfigMapVolume } from '../installer/config-map-volume';
import { BUSYBOX, documentPath, RECORD_SCRIPT, SCRIPT, Userland, withDigests } from '../installer/installer';
import { BindMount, ContainerSpec } from '../runtimes/oci-config';
import { Container, OciRuntime } from '../runtimes/oci-runtime';
import { makeRootfs } from '../runtimes/rootfs';
import { TestNode } from '../runtimes/test-node';

export const MARK_SCRIPT = join(SCRIPT, '../node-mark.sh');

export const [ONE, TWO] = ['profiles/app/one.json', 'profiles/app/two.json'];

export interface GatedNodeProps {
  readonly mark: 'feature-file' | 'node-label';
  /** @default "test" */
  readonly owner?: string;
  /** @default 1 */
  readonly resyncSeconds?: number;
  /** Scripts to run in place of those that are shipped, by their path. */
  readonly mutants?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly userland?: Userland;
  readonly mounts?: readonly BindMount[];
  readonly hostNetwork?: boolean;
  /** Whose kubelet directory to share: two DaemonSets on one node. */
  readonly sharing?: GatedNode;
}

/** Gated nodes on this machine. */
export class GatedNodes {
  public static async start(): Promise<GatedNodes> {
    const node = await TestNode.start();
    return node.stopUnless(async () => new GatedNodes(node, await makeRootfs(node)));
  }

  public readonly runtime: OciRuntime;
  private readonly nodes: GatedNode[] = [];

  private constructor(public readonly node: TestNode, public readonly rootfs: string) {
    this.runtime = OciRuntime.runc(node);
  }

  public make(props: GatedNodeProps): GatedNode {
    const gated = new GatedNode(this.node, this.runtime, this.rootfs, props);
    this.nodes.push(gated);
    return gated;
  }

  public async removeContainers(): Promise<void> {
    for (const gated of this.nodes.splice(0)) await gated.removeContainers();
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }
}

/** A node with directories for the kubelet and for Node Feature Discovery, and the installer of one DaemonSet. */
export class GatedNode {
  public readonly target: string;
  public readonly features: string;
  public readonly source: ConfigMapVolume;
  private readonly containers: Container[] = [];
  private readonly scripts: string;

  public constructor(node: TestNode, private readonly runtime: OciRuntime, private readonly rootfs: string, private readonly props: GatedNodeProps) {
    this.target = props.sharing?.target ?? node.makeDirectory('target');
    this.features = props.sharing?.features ?? node.makeDirectory('features');
    this.source = new ConfigMapVolume(node.makeDirectory('source'), documents([ONE, TWO]));
    this.scripts = node.makeDirectory('scripts');
    for (const script of [SCRIPT, RECORD_SCRIPT, MARK_SCRIPT]) {
      writeFileSync(join(this.scripts, basename(script)), props.mutants?.[script] ?? readFileSync(script));
    }
  }

  public start(): Container {
    const container = this.runtime.startContainer(this.spec('run'));
    this.containers.push(container);
    return container;
  }

  /** One round. */
  public async once(): Promise<{ status: number; stdout: string }> {
    const { status, stdout, stderr } = await this.runtime.runContainer(this.spec('once'));
    expect(stderr).toBe('');
    return { status, stdout };
  }

  public async isReady(container: Container): Promise<boolean> {
    return (await container.exec(this.args('check'))).status === 0;
  }

  /** Publishes a release with these profiles. */
  public release(...paths: string[]): void {
    this.source.update(documents(paths));
  }

  /** Puts a directory where a profile should be, which the installer leaves alone. */
  public block(path: string): void {
    rmSync(this.at(path), { force: true });
    mkdirSync(this.at(path), { recursive: true });
  }

  public at(path: string): string {
    return join(this.target, path);
  }

  /** Name of its feature file, of its directory of records, and of its temporary files. */
  public get owner(): string {
    return this.props.owner ?? 'test';
  }

  public get featureFile(): string {
    return join(this.features, this.owner);
  }

  /** The feature file's lines. */
  public featureLines(): string[] {
    return existsSync(this.featureFile) ? readFileSync(this.featureFile, 'utf8').split('\n').filter(line => line) : [];
  }

  public async removeContainers(): Promise<void> {
    for (const container of this.containers.splice(0)) await container.remove();
  }

  private args(command: string): string[] {
    const { userland = BUSYBOX } = this.props;
    return [...userland.shell, '/opt/scripts/install-profiles.sh', command];
  }

  private spec(command: string): ContainerSpec {
    const { mark, resyncSeconds = 1, userland = BUSYBOX, env, mounts = [], hostNetwork } = this.props;
    return {
      rootfs: this.rootfs,
      args: this.args(command),
      env: { PATH: userland.path, OWNER: this.owner, INSTANCE: this.owner, MARK: mark, RESYNC_SECONDS: String(resyncSeconds), ...env },
      mounts: [
        ...userland.mounts,
        { source: this.source.path, destination: '/source' },
        { source: this.target, destination: '/target', writable: true },
        { source: this.features, destination: '/features', writable: true },
        { source: this.scripts, destination: '/opt/scripts' },
        ...mounts,
      ],
      hostNetwork,
    };
  }
}

function documents(paths: readonly string[]) {
  return withDigests(Object.fromEntries(paths.map(path =>
    [documentPath(path, NodeArchitecture.AMD64), JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', listenerMetadata: path })])));
}
