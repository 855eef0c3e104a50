import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { DebianName } from '../runtimes/debian';
import { BindMount, ContainerSpec, ociConfig } from '../runtimes/oci-config';
import { OciRuntime, OciRuntimeName } from '../runtimes/oci-runtime';
import { ProcessResult, runOrThrow, until } from '../runtimes/processes';
import { makeRootfs } from '../runtimes/rootfs';
import { RUN, TestNode } from '../runtimes/test-node';

const ASSETS = join(__dirname, '../../../assets');
const MAKE_ROOT = join(__dirname, '../../../scripts/make-debian-root.sh');
const MAKE_MUSL_PYTHON = join(__dirname, '../../../scripts/make-musl-python.sh');
const CGROUPS = '/sys/fs/cgroup';
const WAITING = 'waiting';

/** By what the probe looks: Python, a shell with Perl, or a shell alone. */
export const MEANS = {
  'python': {},
  'sh with perl': { PYTHON: '' },
  'sh alone': { PYTHON: '', PERL: 'none' },
  // It finds no getconf, but the loader of musl, which Debian's package musl has brought.
  'sh with perl on musl': { PYTHON: '', PERL: '/usr/bin/perl', PATH: '/bin' },
} as const;

export type Means = keyof typeof MEANS;

export interface ProbeRun {
  readonly means: Means;
  readonly seccomp?: object;
  readonly mode?: string;
  /** @default "/bin/sh", which is busybox */
  readonly shell?: readonly string[];
  readonly uid?: number;
  readonly capabilities?: readonly string[];
  /** Without it the image has a static busybox and nothing else. */
  readonly usr?: string;
  readonly stay?: boolean;
}

export interface ProbeEnding {
  readonly status: number;
  readonly stderr: string;
  /** What it printed, if that is one line of JSON. */
  readonly line: any;
}

/** An image with a whole Python, with Perl and shells: the /usr of this machine, or that of another release. */
export async function imageOf(debian: DebianName): Promise<string> {
  if (debian === 'machine') return '/usr';
  const root = join(__dirname, '../../../.tmp', `debian-${debian}-python`);
  await runOrThrow([MAKE_ROOT, debian, root, 'bash', 'dash', 'libc-bin', 'libc6', 'perl-base', 'python3'], { timeoutMs: 5 * 60_000 });
  return join(root, 'usr');
}

/** The /usr of an image with musl and a Python of it, which is built once. */
export async function muslImage(): Promise<string> {
  const root = join(__dirname, '../../../.tmp/musl-python');
  await runOrThrow([MAKE_MUSL_PYTHON, root], { timeoutMs: 9 * 60_000 });
  return join(root, 'usr');
}

/** Runs the probe in containers; the scripts are copies, so that a test can break them. */
export class ProbeNode {
  public static async start(usr: string): Promise<ProbeNode> {
    const node = await TestNode.start({ usr });
    return node.stopUnless(async () => new ProbeNode(node, await makeRootfs(node)));
  }

  private readonly scripts: string;

  private constructor(private readonly node: TestNode, private readonly rootfs: string) {
    this.scripts = node.makeDirectory('scripts');
    mkdirSync(join(rootfs, 'probe'));
    mkdirSync(join(rootfs, 'sys'));
    for (const name of ['thread-probe.py', 'thread-probe.sh']) copyFileSync(join(ASSETS, name), join(this.scripts, name));
  }

  /** Does something with scripts in which one passage is another; the passage has to be there. */
  public async withChanged<T>(name: string, before: string, after: string, action: () => Promise<T>): Promise<T> {
    const path = join(this.scripts, name);
    const text = readFileSync(path, 'utf8');
    if (text.split(before).length !== 2) throw new Error(`${name} does not have exactly one ${before}`);
    writeFileSync(path, text.replace(before, () => after));
    try {
      return await action();
    } finally {
      writeFileSync(path, text);
    }
  }

  public async probe(name: OciRuntimeName, run: ProbeRun): Promise<ProbeEnding> {
    return ending(await this.run(name, run, probeCommand(run)));
  }

  /** Runs something else where the probe would run. */
  public async run(name: OciRuntimeName, run: ProbeRun, args: readonly string[]): Promise<ProcessResult> {
    return OciRuntime[name](this.node).runContainer(this.spec(run, args));
  }

  /** Where RLIMIT_NPROC leaves no room for a thread more. */
  public async probeWithProcessLimit(name: OciRuntimeName, run: ProbeRun): Promise<ProbeEnding> {
    const limited = ['/usr/bin/python3', '-c', 'import os, resource, sys; resource.setrlimit(resource.RLIMIT_NPROC, (1, 1)); os.execv(sys.argv[1], sys.argv[1:])'];
    return ending(await this.run(name, run, [...limited, ...probeCommand(run)]));
  }

  /**
   * Under runc, where the pids limit of the container's cgroup, or of the one above it, is reached by the first process. It is set when that
   * process is there: runc itself needs more.
   */
  public async probeWithPidsLimit(where: 'own' | 'above', run: ProbeRun): Promise<ProbeEnding> {
    const id = `${RUN}${this.node.uniqueName('limited')}`;
    const gate = this.node.makeDirectory('gate');
    await runOrThrow(['mkfifo', '-m', '666', join(gate, 'fifo')]);
    mkdirSync(join(this.rootfs, 'gate'), { recursive: true });
    // It waits without a child.
    const wait = ['/bin/sh', '-c', `echo ${WAITING}; read -r line </gate/fifo; exec "$@"`, 'sh'];
    const config: any = ociConfig(id, this.spec(run, [...wait, ...probeCommand(run)], [{ source: gate, destination: '/gate', writable: true }]));
    config.linux.cgroupsPath = `/${id}/container`;
    config.mounts.push(
      { destination: '/sys', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
      { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['ro', 'nosuid', 'nodev'] });
    const bundle = this.node.makeDirectory('bundle');
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
    const runc = ['runc', '--root', this.node.makeDirectory('runc-state')];
    const running = this.node.start([...runc, 'run', '--bundle', bundle, id]);
    const group = join(CGROUPS, 'pids', id);
    try {
      await until('start of the container', () => running.output().includes(WAITING));
      writeFileSync(join(group, where === 'own' ? 'container' : '', 'pids.max'), '1');
      writeFileSync(join(gate, 'fifo'), '\n');
      await running.exited;
    } finally {
      await this.node.run([...runc, 'delete', '--force', id]);
      readdirSync(CGROUPS).map(controller => join(CGROUPS, controller, id)).filter(existsSync).forEach(directory => rmdirSync(directory));
    }
    const { stdout, ...result } = await running.result;
    return ending({ ...result, stdout: stdout.replace(`${WAITING}\n`, '') });
  }

  /** Starts a probe that stays, ends it once it has printed, and says how long that took. */
  public async stayAndEnd(name: OciRuntimeName, run: ProbeRun): Promise<ProbeEnding & { readonly isEndedBySigkill: boolean }> {
    const container = OciRuntime[name](this.node).startContainer(this.spec({ ...run, stay: true }, probeCommand(run)));
    await until('the line', () => container.output().includes('}\n'));
    const isRunning = await Promise.race([container.exited.then(() => false), new Promise<boolean>(resolve => setTimeout(() => resolve(true), 500))]);
    const result = await container.remove();
    return { ...ending(result), isEndedBySigkill: isRunning && result.status === 137 };
  }

  public async stop(): Promise<void> {
    await this.node.stop();
  }

  private spec(run: ProbeRun, args: readonly string[], mounts: readonly BindMount[] = []): ContainerSpec {
    const { means, seccomp, mode, uid = 1001, capabilities, usr, stay } = run;
    return {
      rootfs: this.rootfs,
      args,
      uid,
      capabilities,
      seccomp,
      env: { NODE: 'node-1', MODE: mode ?? (seccomp ? 'RuntimeDefault' : 'Unconfined'), ...stay && { STAY: '1' }, ...MEANS[means] },
      mounts: [
        { source: this.scripts, destination: '/probe' },
        ...usr === undefined ? [] : [{ source: usr === '/usr' ? this.node.machineUsr : usr, destination: '/usr' }],
        ...mounts,
      ],
    };
  }
}

/** The verdict of thread-probe.py on facts that no container here can bring about. */
export async function verdictOn(facts: object): Promise<string> {
  const program = 'import json, runpy, sys; print(runpy.run_path(sys.argv[1])["verdict"](json.loads(sys.argv[2])))';
  return (await runOrThrow(['/usr/bin/python3', '-c', program, join(ASSETS, 'thread-probe.py'), JSON.stringify(facts)])).trim();
}

/** The probe as one argument, for a containerd whose image does not have it. */
export function inlineProbe(): string[] {
  return ['/usr/bin/python3', '-ISBc', readFileSync(join(ASSETS, 'thread-probe.py'), 'utf8')];
}

function probeCommand({ shell = ['/bin/sh'] }: ProbeRun): string[] {
  return [...shell, '/probe/thread-probe.sh'];
}

export function ending({ status, stdout, stderr }: ProcessResult): ProbeEnding {
  const lines = stdout.trim().split('\n');
  return { status, stderr, line: lines.length === 1 && lines[0].startsWith('{') ? JSON.parse(lines[0]) : stdout };
}
