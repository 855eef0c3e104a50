import { join } from 'path';
import { Call, spell } from './calls';
import { Outcomes } from './comparison';
import { stopUnless } from '../runtimes/container-host';
import { ImageNode, PROBES } from '../runtimes/image-node';
import { OciRuntime, OciRuntimeName } from '../runtimes/oci-runtime';
import { throwUnlessOk } from '../runtimes/processes';

const PROBE = join(PROBES, 'calls.c');
const SIGSYS = 31;

/** A kernel that makes calls in containers, under a profile or none. */
export class Kernel {
  public static async on(node: ImageNode): Promise<Kernel> {
    return stopUnless(node.host, async () => {
      await node.build(PROBE, 'no libc', join(node.rootfs, 'bin/calls'));
      if (node.hasOtherPrograms) await node.build(PROBE, 'no libc of the other ABI', join(node.rootfs, 'bin/calls-other'));
      return new Kernel(node);
    });
  }

  private constructor(public readonly node: ImageNode) {}

  /** As a user without any capability, so that the kernel refuses what it can. */
  public async make(calls: readonly Call[], name: OciRuntimeName, document?: string): Promise<Outcomes> {
    const { host, rootfs, kind, hasOtherPrograms } = this.node;
    const own = calls.filter(({ architecture }) => !hasOtherPrograms || architecture === kind.architectures[0]);
    const others = calls.slice(own.length);
    const args = ['/bin/calls', ...own.map(spell), ...others.length > 0 ? ['/bin/calls-other', ...others.map(spell)] : []];
    const seccomp = document === undefined ? undefined : JSON.parse(document);
    const result = await OciRuntime[name](host).runContainer({ rootfs, uid: 1001, args, seccomp, timeoutMs: 120_000 });
    const outcomes = result.stdout.trim().split('\n');
    // A program of an ABI that the filter does not have ends with its first call, whichever that is.
    const isKilledAtOnce = result.status === 128 + SIGSYS && others.length > 0 && outcomes.length === own.length;
    if (isKilledAtOnce) return [...outcomes, ...others.map(() => `signal ${SIGSYS}`)];
    throwUnlessOk([name], result);
    if (outcomes.length !== calls.length) throw new Error(`${outcomes.length} outcomes of ${calls.length} calls: ${result.stderr}`);
    return outcomes;
  }

  public async stop(): Promise<void> {
    await this.node.host.stop();
  }
}
