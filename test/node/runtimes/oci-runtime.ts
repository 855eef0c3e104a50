import { writeFileSync } from 'fs';
import { join } from 'path';
import { ContainerHost } from './container-host';
import { ContainerSpec, ociConfig } from './oci-config';
import { ProcessResult, RunningProcess } from './processes';
import { RUN } from './test-node';

export const OCI_RUNTIMES = ['runc', 'crun'] as const;

export type OciRuntimeName = typeof OCI_RUNTIMES[number];

/** runc or crun on a node. */
export class OciRuntime {
  public static runc(node: ContainerHost): OciRuntime {
    return new OciRuntime(node, 'runc', ['runc']);
  }

  public static crun(node: ContainerHost): OciRuntime {
    return new OciRuntime(node, 'crun', ['crun', '--cgroup-manager=disabled']);
  }

  private readonly command: readonly string[];

  private constructor(private readonly node: ContainerHost, public readonly name: string, command: readonly string[]) {
    // Where a FIFO can be made, which a directory that machines share is not.
    this.command = [...command, '--root', `/run/${node.uniqueName(`${name}-state`)}`];
  }

  /** Runs a container to its end and removes it. */
  public async runContainer(spec: ContainerSpec): Promise<ProcessResult> {
    const container = this.startContainer(spec);
    return container.remove(container.exited);
  }

  public startContainer(spec: ContainerSpec): Container {
    const id = `${RUN}${this.node.uniqueName(this.name)}`;
    const bundle = this.node.makeDirectory('bundle');
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(ociConfig(id, spec)));
    const running = this.node.start([...this.command, 'run', '--bundle', bundle, id], { timeoutMs: spec.timeoutMs });
    return new Container(this.node, this.command, id, running);
  }
}

export class Container {
  public constructor(
    private readonly node: ContainerHost,
    private readonly command: readonly string[],
    private readonly id: string,
    private readonly running: RunningProcess,
  ) {}

  public get exited(): Promise<void> {
    return this.running.exited;
  }

  public output(): string {
    return this.running.output();
  }

  /** Runs one more process in the container, as a kubelet's exec probe does. */
  public async exec(args: readonly string[]): Promise<ProcessResult> {
    return this.node.run([...this.command, 'exec', this.id, ...args]);
  }

  /** Sends SIGTERM to the container's first process, as a kubelet does when it deletes a pod. */
  public async terminate(): Promise<void> {
    await this.node.runOrThrow([...this.command, 'kill', this.id, 'TERM']);
  }

  /** Removes the container, by default at once, and tells how it ended. */
  public async remove(when: Promise<void> = Promise.resolve()): Promise<ProcessResult> {
    try {
      await when;
    } finally {
      await this.node.run([...this.command, 'delete', '--force', this.id]);
    }
    return this.running.result;
  }
}
