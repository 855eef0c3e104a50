import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ConfigMapVolume, Files } from '../../test/node/installer/config-map-volume';
import { BindMount } from '../../test/node/runtimes/oci-config';
import { Container, OciRuntime } from '../../test/node/runtimes/oci-runtime';
import { makeRootfs } from '../../test/node/runtimes/rootfs';
import { RUN, TestNode } from '../../test/node/runtimes/test-node';
import { Pod } from '../inputs/installer-pod';

export const SCRIPT = '/source/install-profiles.sh';

/** One container after another, so that no two share memory. */
export class Host {
  public static async start(): Promise<Host> {
    const node = await TestNode.start();
    return node.stopUnless(async () => new Host(node, OciRuntime.runc(node), await makeRootfs(node)));
  }

  private constructor(public readonly node: TestNode, private readonly runtime: OciRuntime, private readonly rootfs: string) {}

  public source(files: Files): ConfigMapVolume {
    return new ConfigMapVolume(this.node.makeDirectory('source'), files);
  }

  public install(source: ConfigMapVolume, env: Pod['env'], target = this.node.makeDirectory('target')): Container {
    return this.run(['sh', SCRIPT, 'run'], target, [{ source: source.path, destination: '/source' }], env);
  }

  public run(args: string[], target = this.node.makeDirectory('target'), mounts: BindMount[] = [], env?: Pod['env']): Container {
    return this.runtime.startContainer({
      rootfs: this.rootfs, args, env, mounts: [{ source: target, destination: '/target', writable: true }, ...mounts], timeoutMs: 300_000,
    });
  }
}

/** What the kernel has counted for the one container that runs, in either version of cgroups. */
export class Usage {
  private readonly version1 = existsSync('/sys/fs/cgroup/memory');
  private readonly id: string;

  public constructor() {
    const ids = readdirSync(join('/sys/fs/cgroup', this.version1 ? 'memory' : '')).filter(name => name.startsWith(RUN));
    if (ids.length !== 1) throw new Error(`${ids.length} containers run, expected one`);
    this.id = ids[0];
  }

  public cpuSeconds(): number {
    if (this.version1) return Number(this.read('cpuacct', 'cpuacct.usage')) / 1e9;
    return Number(/^usage_usec (\d+)/m.exec(this.read('', 'cpu.stat'))![1]) / 1e6;
  }

  /** Proportional set size of all processes together. */
  public residentKib(): number {
    const pids = this.read(this.version1 ? 'memory' : '', 'cgroup.procs').trim().split('\n');
    return pids.reduce((sum, pid) => sum + proportionalKib(pid), 0);
  }

  /** With the kernel's own memory, cached files, and the runtime that started it. */
  public peakKib(): number {
    return Number(this.version1 ? this.read('memory', 'memory.max_usage_in_bytes') : this.read('', 'memory.peak')) / 1024;
  }

  private read(controller: string, file: string): string {
    return readFileSync(join('/sys/fs/cgroup', controller, this.id, file), 'utf8');
  }
}

function proportionalKib(pid: string): number {
  try {
    return Number(/^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // It has ended.
  }
}
