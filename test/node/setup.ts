import { runProcess } from './runtimes/processes';

interface Requirement {
  readonly name: string;
  /** A command that succeeds when it is there. */
  readonly check: readonly string[];
}

const isFound = (command: string): Requirement => ({ name: command, check: ['sh', '-c', `command -v ${command}`] });

const REQUIREMENTS: readonly Requirement[] = [
  ...['unshare', 'nsenter', 'mountpoint', 'tar', 'curl', 'dash', 'openssl', 'shellcheck'].map(isFound),
  ...['runc', 'crun', 'containerd', 'containerd-shim-runc-v2', 'ctr', 'scmp_sys_resolver'].map(isFound),
  ...['apt-get', 'dpkg-deb', 'dpkg-query', 'gcc', 'gdb', 'java', 'make', 'musl-gcc', 'strace'].map(isFound),
  { name: 'go', check: ['sh', '-c', 'PATH=$PATH:/usr/local/go/bin; command -v go'] },
  { name: 'a static /bin/busybox', check: ['sh', '-c', '/bin/busybox true && ! ldd /bin/busybox'] },
  { name: '/usr/bin/python3 with the modules auparse, numpy and seccomp', check: ['/usr/bin/python3', '-I', '-c', 'import auparse, numpy, seccomp'] },
  { name: '/usr/share/containers/seccomp.json', check: ['test', '-r', '/usr/share/containers/seccomp.json'] },
];

/** What is missing on this machine, or nothing. A test that cannot run here has to fail: skipped, it would prove nothing. */
async function missing(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'node tests run on an x86_64 Linux machine only';
  if (process.getuid!() !== 0) return 'node tests run containers and need root';
  for (const { name, check } of REQUIREMENTS) {
    const result = await runProcess(check).catch(() => undefined);
    if (result?.status !== 0) return `node tests need ${name}: run scripts/install-node-test-deps.sh`;
  }
  return undefined;
}

export default async function setup(): Promise<void> {
  const problem = await missing();
  if (!problem) return;
  // Thrown, the sentence would drown in a stack trace.
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
