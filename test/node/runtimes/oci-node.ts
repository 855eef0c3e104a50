import { BindMount } from './oci-config';
import { OciRuntime } from './oci-runtime';
import { ProcessResult } from './processes';
import { DEBIAN_ETC, DEBIAN_USR, makeRootfs } from './rootfs';
import { TestNode } from './test-node';
import { NodeArchitecture, SeccompProfile } from '../../../src';

export const OCI_RUNTIMES = ['runc', 'crun'] as const;

export type OciRuntimeName = typeof OCI_RUNTIMES[number];

export interface Program {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly mounts?: readonly BindMount[];
}

/** runc and crun on one node, running Debian's programs as a user without any capability. */
export class OciNode {
  public static async start(): Promise<OciNode> {
    const node = await TestNode.start();
    return node.stopUnless(async () => new OciNode(node, await makeRootfs(node)));
  }

  private readonly runtimes: Readonly<Record<OciRuntimeName, OciRuntime>>;

  private constructor(public readonly node: TestNode, private readonly rootfs: string) {
    this.runtimes = { runc: OciRuntime.runc(node), crun: OciRuntime.crun(node) };
  }

  /** Runs a program to its end under what the profile is for such a node, or under none. */
  public async run(name: OciRuntimeName, { args, env, mounts = [] }: Program, profile?: SeccompProfile): Promise<ProcessResult> {
    return this.runtimes[name].runContainer({
      rootfs: this.rootfs,
      args,
      env,
      uid: 1001,
      mounts: [DEBIAN_USR, ...DEBIAN_ETC, ...mounts],
      seccomp: profile && JSON.parse(profile.forNode(NodeArchitecture.AMD64).toJson()),
    });
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }
}
