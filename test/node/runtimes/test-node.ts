import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ContainerHost, stopUnless } from './container-host';
import { DEFAULT_ENV, ProcessOptions, ProcessResult, RunningProcess, runOrThrow, runProcess, startProcess, until } from './processes';

/** Every directory, container and cgroup of this run bears it, so that the end of the run can look for what is left. Workers get it from their parent. */
export const RUN = process.env.CDK8S_SECCOMP_RUN ??= `cdk8s-seccomp-${process.pid}-`;

/**
 * The first process of a node. It reaps what is orphaned to it, as a shell does while it waits (not while it reads), and ends with
 * its input: so nothing outlives the tests, however they end. What nobody reaps keeps its cgroup.
 *
 * Runtimes keep state at fixed places below /run. With both cgroup hierarchies in sight crun takes the unified one for the only
 * one.
 */
const FIRST_PROCESS = `
set -e
exec 3<&0
mount -t tmpfs tmpfs /run
if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
if [ "$1" != /usr ]; then mount --bind /usr "$2" && mount --bind "$1" /usr; fi
while read -r line; do :; done <&3 &
echo ready
wait "$!"
exit 0
`;

export interface TestNodeOptions {
  /**
   * The /usr of the node: the runtimes and the C library of another Debian release than this machine's.
   *
   * @default "/usr"
   */
  readonly usr?: string;
  /**
   * Directories with programs that come before those of the same names in /usr. Mounted in their place they would not do: runc from 1.2 on
   * starts itself once more out of an overlay of its directory, which shows what is below the mount.
   *
   * @default - none
   */
  readonly programs?: readonly string[];
}

/**
 * A node to run containers on: this machine, seen from mount and pid namespaces of its own, with a directory to work in.
 */
export class TestNode implements ContainerHost {
  public static async start({ usr = '/usr', programs = [] }: TestNodeOptions = {}): Promise<TestNode> {
    const directory = mkdtempSync(join(tmpdir(), RUN));
    const machineUsr = join(directory, 'machine-usr');
    mkdirSync(machineUsr);
    const first = startProcess(
      ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc', 'sh', '-c', FIRST_PROCESS, 'sh', usr, machineUsr],
      { timeoutMs: 10 * 60_000 });
    const node = new TestNode(first, directory, usr === '/usr' ? usr : machineUsr, { PATH: [...programs, DEFAULT_ENV.PATH].join(':') });
    return node.stopUnless(async () => {
      await until('start of the node', () => first.output().includes('ready'));
      return node;
    });
  }

  private counter = 0;

  private constructor(
    private readonly first: RunningProcess,
    public readonly directory: string,
    /** Where this machine's /usr is on the node. */
    public readonly machineUsr: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  public makeDirectory(name: string): string {
    const path = join(this.directory, this.uniqueName(name));
    mkdirSync(path);
    chmodSync(path, 0o755);
    return path;
  }

  public uniqueName(name: string): string {
    this.counter += 1;
    return `${name}-${this.counter}`;
  }

  public start(argv: readonly string[], options?: ProcessOptions): RunningProcess {
    return startProcess(this.enter(argv), this.withPath(options));
  }

  public async run(argv: readonly string[], options?: ProcessOptions): Promise<ProcessResult> {
    return runProcess(this.enter(argv), this.withPath(options));
  }

  public async runOrThrow(argv: readonly string[], options?: ProcessOptions): Promise<string> {
    return runOrThrow(this.enter(argv), this.withPath(options));
  }

  public async stopUnless<T>(action: () => Promise<T>): Promise<T> {
    return stopUnless(this, action);
  }

  public async stop(): Promise<void> {
    this.first.endInput();
    const timer = setTimeout(this.first.kill, 5_000);
    await this.first.result;
    clearTimeout(timer);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private withPath(options?: ProcessOptions): ProcessOptions {
    return { ...options, env: { ...this.env, ...options?.env } };
  }

  private enter(argv: readonly string[]): string[] {
    const namespaces = `/proc/${this.first.pid}/ns`;
    return ['nsenter', `--mount=${namespaces}/mnt`, `--pid=${namespaces}/pid_for_children`, '--', ...argv];
  }
}
