import { createHash } from 'crypto';
import { copyFileSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Files } from './config-map-volume';
import { NodeArchitecture } from '../../../src';
import { BindMount, ContainerSpec } from '../runtimes/oci-config';
import { Container, OciRuntime } from '../runtimes/oci-runtime';
import { ProcessResult } from '../runtimes/processes';
import { DEBIAN_USR } from '../runtimes/rootfs';

const ASSETS = join(__dirname, '../../../assets');

export const SCRIPT = join(ASSETS, 'install-profiles.sh');

export const RECORD_SCRIPT = join(ASSETS, 'profile-record.sh');

/** What the script reads from its own directory. */
const SIBLINGS = readdirSync(ASSETS).filter(name => name.endsWith('.sh') && name !== 'install-profiles.sh');

export function copySiblings(directory: string): void {
  for (const name of SIBLINGS) copyFileSync(join(ASSETS, name), join(directory, name));
}

/** Where the installer looks for a profile's document for one kind of node, below its source. */
export function documentPath(localhostProfile: string, node: NodeArchitecture): string {
  return `documents/${localhostProfile}/${node.label}.json`;
}

/** Documents and their digests, as the installer finds them. */
export function withDigests(documents: Files): Files {
  const digests = Object.entries(documents).map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`);
  return { ...documents, 'documents.sha256': digests.join('') };
}

/** The script, or one that it reads, with one thing broken, to see that a test finds it. */
export function mutant(from: string, to: string, file = SCRIPT): string {
  const script = readFileSync(file, 'utf8');
  if (script.split(from).length !== 2) throw new Error(`${file} has not exactly one ${from}`);
  return script.replace(from, () => to);
}

/** A shell and the tools that go with it. */
export interface Userland {
  readonly shell: readonly string[];
  readonly path: string;
  readonly mounts: readonly BindMount[];
}

export const BUSYBOX: Userland = { shell: ['sh'], path: '/bin', mounts: [] };

export const DASH_AND_COREUTILS: Userland = { shell: ['dash'], path: '/usr/bin', mounts: [DEBIAN_USR] };

export interface InstallerProps {
  readonly runtime: OciRuntime;
  readonly rootfs: string;
  /** What is mounted at /source. */
  readonly source: string;
  /** What is mounted at /target. */
  readonly target: string;
  readonly resyncSeconds?: number;
  readonly userland?: Userland;
  /** @default - the script that is shipped */
  readonly script?: string;
  /** @default - the one that is shipped */
  readonly recordScript?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** An empty directory of the pod. */
  readonly state?: string;
}

type Command = 'run' | 'once' | 'check';

/** The installer in a container such as its DaemonSet gives it: root without a capability, nothing writable but the target. */
export class Installer {
  private readonly containers: Container[] = [];

  public constructor(private readonly props: InstallerProps) {}

  /** Starts the loop. */
  public start(): Container {
    const container = this.props.runtime.startContainer(this.spec('run'));
    this.containers.push(container);
    return container;
  }

  /** Runs one command to its end, in a container of its own. */
  public async run(command: 'once' | 'check'): Promise<ProcessResult> {
    return this.props.runtime.runContainer(this.spec(command));
  }

  /** Asks in the container of the loop, as the readiness probe does. */
  public async isReady(container: Container): Promise<boolean> {
    const { status, stdout, stderr } = await container.exec(this.args('check'));
    // Not ready is an answer; a check that could not run is none.
    expect({ status, stdout, stderr }).toStrictEqual({ status: status === 0 ? 0 : 1, stdout: '', stderr: '' });
    return status === 0;
  }

  public async removeContainers(): Promise<void> {
    for (const container of this.containers.splice(0)) await container.remove();
  }

  private spec(command: Command): ContainerSpec {
    const { rootfs, source, target, resyncSeconds, userland = BUSYBOX, script = SCRIPT, recordScript = RECORD_SCRIPT, env, state } = this.props;
    return {
      rootfs,
      args: this.args(command),
      env: {
        PATH: userland.path,
        SOURCE_DIR: '/source',
        TARGET_DIR: '/target',
        OWNER: 'test',
        ...(state && { STATE_DIR: '/state' }),
        ...(resyncSeconds && { RESYNC_SECONDS: String(resyncSeconds) }),
        ...env,
      },
      mounts: [
        ...userland.mounts,
        { source, destination: '/source' },
        { source: target, destination: '/target', writable: true },
        ...state ? [{ source: state, destination: '/state', writable: true }] : [],
        { source: script, destination: '/opt/install-profiles.sh' },
        { source: recordScript, destination: '/opt/profile-record.sh' },
      ],
    };
  }

  private args(command: Command): string[] {
    const { userland = BUSYBOX } = this.props;
    return [...userland.shell, '/opt/install-profiles.sh', command];
  }
}
