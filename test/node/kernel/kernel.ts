import { join } from 'path';
import { Call, spell } from './calls';
import { Outcomes } from './comparison';
import { ContainerRuntime } from '../../../src';
import { DebianRelease } from '../runtimes/debian';
import { OciRuntime, OciRuntimeName } from '../runtimes/oci-runtime';
import { runOrThrow, throwUnlessOk } from '../runtimes/processes';
import { makeRootfs } from '../runtimes/rootfs';
import { TestNode } from '../runtimes/test-node';

const PROBE = join(__dirname, '../probes/calls.c');
const FREESTANDING = ['-static', '-nostdlib', '-fno-stack-protector', '-mno-red-zone'];

/** A kernel that makes calls in containers, under a profile or none. */
export class Kernel {
  public static async start(release: DebianRelease): Promise<Kernel> {
    const node = await TestNode.start(release);
    return node.stopUnless(async () => {
      const rootfs = await makeRootfs(node);
      await runOrThrow(['gcc', '-O1', ...FREESTANDING, '-o', join(rootfs, 'bin/calls'), PROBE]);
      return new Kernel(node, release, rootfs);
    });
  }

  private constructor(private readonly node: TestNode, private readonly release: DebianRelease, private readonly rootfs: string) {}

  public runtime(name: OciRuntimeName): ContainerRuntime {
    return this.release.runtime(name);
  }

  /** As a user without any capability, so that the kernel refuses what it can. */
  public async make(calls: readonly Call[], name: OciRuntimeName, document?: string): Promise<Outcomes> {
    const args = ['/bin/calls', ...calls.map(spell)];
    const seccomp = document === undefined ? undefined : JSON.parse(document);
    const result = await OciRuntime[name](this.node).runContainer({ rootfs: this.rootfs, uid: 1001, args, seccomp });
    const outcomes = throwUnlessOk([name], result).trim().split('\n');
    if (outcomes.length !== calls.length) throw new Error(`${outcomes.length} outcomes of ${calls.length} calls: ${result.stderr}`);
    return outcomes;
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }
}
