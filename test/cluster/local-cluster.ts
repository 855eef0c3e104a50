import { mkdtempSync, readFileSync, rmdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { commandLine, list, tolerant } from '../node/left-behind';
import { RunningProcess, runOrThrow, startProcess, until } from '../node/runtimes/processes';

const SCRIPTS = join(__dirname, '../../scripts');

/** However long the tests take, it ends. */
const LIFETIME_MS = 90 * 60_000;

export interface LocalClusterOptions {
  /** Without any there are etcd and the API server alone. */
  readonly nodes: number;
  /** @default - the release that scripts/make-cluster.sh names */
  readonly kubernetes?: string;
}

/** A Kubernetes cluster on this machine, as scripts/cluster/up.sh runs it. */
export class LocalCluster {
  public static async start({ nodes, kubernetes }: LocalClusterOptions): Promise<LocalCluster> {
    const env = { HOME: process.env.HOME ?? '/root', ...kubernetes && { KUBERNETES: kubernetes, PROGRAMS: nodes > 0 ? undefined : 'kube-apiserver kubectl' } };
    const made = await runOrThrow([join(SCRIPTS, 'make-cluster.sh')], { env: withCaches(env), timeoutMs: LIFETIME_MS });
    const directory = mkdtempSync(join(tmpdir(), `cdk8s-seccomp-cluster-${process.pid}-`));
    const unshare = ['unshare', '--net', '--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc'];
    const first = startProcess([...unshare, join(SCRIPTS, 'cluster/up.sh'), made.trim(), directory, String(nodes)], { timeoutMs: LIFETIME_MS });
    const cluster = new LocalCluster(first, directory, made.trim());
    try {
      let ended = false;
      first.exited.then(() => { ended = true; }, () => { ended = true; });
      await until('start of the cluster', () => ended || first.output().endsWith('ready\n'), 10 * 60_000);
      if (ended) throw new Error(`the cluster does not start: ${first.output()}`);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  private constructor(private readonly first: RunningProcess, public readonly directory: string, public readonly made: string) {}

  /** The first process of the cluster's namespaces, as this machine sees it. */
  public get pid(): number {
    const children = readFileSync(`/proc/${this.first.pid}/task/${this.first.pid}/children`, 'utf8').trim();
    return Number(children.split(' ')[0]);
  }

  /** Has the cluster take itself down. */
  public async stop(): Promise<void> {
    this.first.endInput();
    const timer = setTimeout(this.first.kill, 60_000);
    await this.first.result;
    clearTimeout(timer);
  }

  /** What is still on the machine, and removes it as far as that is safe. */
  public leftovers(): string[] {
    const name = basename(this.directory);
    const isOurs = (what: string) => what.includes(name);
    const files = list(tmpdir()).filter(isOurs);
    const cgroups = list('/sys/fs/cgroup').flatMap(controller => [...list(controller), controller]).filter(isOurs);
    const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n').filter(isOurs);
    const processes = list('/proc').map(commandLine).filter(isOurs);
    files.forEach(file => rmSync(file, { recursive: true }));
    cgroups.forEach(cgroup => tolerant(() => rmdirSync(cgroup), undefined));
    return [...files, ...cgroups, ...mounts, ...processes];
  }
}

/** Where caches are, which are not those of a clean environment. */
function withCaches(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = ['XDG_CACHE_HOME', 'GOPATH', 'GOCACHE', 'GOMODCACHE', 'GOPROXY', 'GOFLAGS', 'GOSUMDB', 'GONOSUMDB', 'https_proxy', 'http_proxy', 'no_proxy'];
  const kept = names.map(name => [name, process.env[name]] as const);
  return Object.fromEntries([...Object.entries(env), ...kept].filter((entry): entry is [string, string] => entry[1] !== undefined));
}
