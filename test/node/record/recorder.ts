import { readFileSync } from 'fs';
import { join } from 'path';
import { SeccompProfile } from '../../../src';
import { OciRuntime, OciRuntimeName } from '../runtimes/oci-runtime';
import { ProcessResult, startProcess, throwUnlessOk, until } from '../runtimes/processes';
import { DEBIAN_ETC, DEBIAN_USR, makeRootfs } from '../runtimes/rootfs';
import { TestNode } from '../runtimes/test-node';

/** Nobody else's: records hold it, and other tests make records as well. */
const UID = 47_110;
const LISTENER = ['/usr/bin/python3', '-I', join(__dirname, 'audit-records.py'), String(UID)];
const WORKLOAD = readFileSync(join(__dirname, 'workload.py'), 'utf8');

/** Runs test/node/record/workload.py in containers, and keeps the audit records of what it calls. */
export class Recorder {
  public static async start(): Promise<Recorder> {
    const node = await TestNode.start();
    return node.stopUnless(async () => new Recorder(node, await makeRootfs(node)));
  }

  private readonly runtimes: Readonly<Record<OciRuntimeName, OciRuntime>>;

  private constructor(private readonly node: TestNode, private readonly rootfs: string) {
    this.runtimes = { runc: OciRuntime.runc(node), crun: OciRuntime.crun(node) };
  }

  public async run(name: OciRuntimeName, profile?: SeccompProfile, ...args: readonly string[]): Promise<ProcessResult> {
    return this.runtimes[name].runContainer({
      rootfs: this.rootfs,
      uid: UID,
      mounts: [DEBIAN_USR, ...DEBIAN_ETC],
      args: ['/usr/bin/python3', '-I', '-c', WORKLOAD, ...args],
      seccomp: profile && JSON.parse(profile.toJson()),
    });
  }

  /** The records that the kernel makes meanwhile, as a log. */
  public async recordsOf(act: () => Promise<unknown>): Promise<string> {
    const listener = startProcess(LISTENER, { timeoutMs: 60_000 });
    try {
      await until('listening for audit records', () => listener.output().includes('listening'));
      await act();
      listener.endInput();
      return throwUnlessOk(LISTENER, await listener.result).replace('listening\n', '');
    } finally {
      listener.kill();
    }
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }
}
