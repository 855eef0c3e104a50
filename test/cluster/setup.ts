import { readFileSync } from 'fs';
import { LocalCluster } from './local-cluster';
import { runProcess } from '../node/runtimes/processes';

const COMMANDS = [
  'unshare', 'nsenter', 'mountpoint', 'ip', 'openssl', 'curl', 'etcd', 'containerd', 'containerd-shim-runc-v2', 'ctr', 'runc', 'crun', 'python3', 'tar',
];

/** What a kubelet writes for the whole machine, unless it is kept from it. */
export const TUNABLES = ['vm/overcommit_memory', 'vm/panic_on_oom', 'kernel/panic', 'kernel/panic_on_oops', 'kernel/keys/root_maxkeys', 'kernel/keys/root_maxbytes'];

declare global {
  // eslint-disable-next-line no-var
  var localCluster: LocalCluster | undefined;
  // eslint-disable-next-line no-var
  var tunables: string | undefined;
}

export function readTunables(): string {
  return TUNABLES.map(name => `${name} = ${readFileSync(`/proc/sys/${name}`, 'utf8').trim()}`).join('\n');
}

/** What is missing on this machine, or nothing. A test that cannot run here has to fail: skipped, it would prove nothing. */
async function missing(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'cluster tests run on an x86_64 Linux machine only';
  if (process.getuid!() !== 0) return 'cluster tests run kubelets and need root';
  for (const command of COMMANDS) {
    const { status } = await runProcess(['sh', '-c', `command -v ${command}`]);
    if (status !== 0) return `cluster tests need ${command}: run scripts/install-node-test-deps.sh`;
  }
  const { status } = await runProcess(['test', '-x', '/usr/lib/cni/bridge']);
  return status === 0 ? undefined : 'cluster tests need /usr/lib/cni/bridge: run scripts/install-node-test-deps.sh';
}

export default async function setup(): Promise<void> {
  const problem = await missing();
  if (problem) {
    // Thrown, the sentence would drown in a stack trace.
    process.stderr.write(`${problem}\n`);
    process.exit(1);
  }
  globalThis.tunables = readTunables();
  const begin = Date.now();
  globalThis.localCluster = await LocalCluster.start({ nodes: 2 });
  process.env.CLUSTER_DIRECTORY = globalThis.localCluster.directory;
  process.env.CLUSTER_MADE = globalThis.localCluster.made;
  process.env.CLUSTER_PID = String(globalThis.localCluster.pid);
  process.stderr.write(`the cluster runs after ${Math.round((Date.now() - begin) / 1000)} s\n`);
}
