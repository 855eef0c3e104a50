import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Containerd } from './containerd';
import { OciRuntime } from './oci-runtime';
import { ProcessResult } from './processes';
import { DEBIAN_USR, makeRootfs } from './rootfs';
import { TestNode } from './test-node';

/** One runtime, reduced to the one thing to compare: a Python program under a seccomp document, or under none. */
export interface PythonRunner {
  runPython(program: string, document?: string): Promise<ProcessResult>;
}

export const RUNTIMES = ['containerd', 'runc', 'crun'] as const;

export type RuntimeName = typeof RUNTIMES[number];

/** Every runtime on one node. */
export class Runtimes {
  /** @param programs directories with what comes before the machine's */
  public static async start(programs?: readonly string[]): Promise<Runtimes> {
    const node = await TestNode.start({ programs });
    return node.stopUnless(async () => new Runtimes(node, await Containerd.start(node), await makeRootfs(node)));
  }

  private readonly runners: Readonly<Record<RuntimeName, PythonRunner>>;

  private constructor(public readonly node: TestNode, public readonly containerd: Containerd, private readonly rootfs: string) {
    this.runners = {
      containerd: this.underContainerd(),
      runc: this.underOciRuntime(OciRuntime.runc(node)),
      crun: this.underOciRuntime(OciRuntime.crun(node)),
    };
  }

  public get(name: RuntimeName): PythonRunner {
    return this.runners[name];
  }

  public async stop(): Promise<void> {
    await this.containerd.stop();
    await this.node.stop();
  }

  private underContainerd(): PythonRunner {
    return {
      runPython: async (program, document) => {
        if (document === undefined) return this.containerd.runContainer('Unconfined', python(program));
        const file = join(this.node.makeDirectory('seccomp'), 'profile.json');
        writeFileSync(file, document);
        return this.containerd.runContainer({ localhostProfile: file }, python(program));
      },
    };
  }

  /** As a user without any capability, so that only seccomp and the kernel's rules for everybody are left to answer. */
  private underOciRuntime(runtime: OciRuntime): PythonRunner {
    const spec = { rootfs: this.rootfs, mounts: [DEBIAN_USR], uid: 1001 };
    return {
      runPython: async (program, document) =>
        runtime.runContainer({ ...spec, args: python(program), seccomp: document === undefined ? undefined : JSON.parse(document) }),
    };
  }
}

/** Debian's Python, on a program of test/node/probes. */
export function python(program: string): string[] {
  return ['/usr/bin/python3', '-I', '-c', readFileSync(join(__dirname, '../probes', program), 'utf8')];
}
