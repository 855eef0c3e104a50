import { Machine, vmDirectory } from './machine';
import { runProcess } from '../node/runtimes/processes';
// Names this run, for its workers too.
import '../node/runtimes/test-node';

/** What is missing on this host, or nothing. A test that cannot run here has to fail: skipped, it would prove nothing. */
async function missing({ qemu: [emulator], compilers: { native: [native], compat = [] } }: Machine): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'virtual machines are made on Debian';
  for (const command of [emulator, native, ...compat.slice(0, 1)]) {
    const { status } = await runProcess(['sh', '-c', `command -v ${command}`]);
    if (status !== 0) return `tests of other architectures need ${command}: run scripts/install-node-test-deps.sh vm`;
  }
  return undefined;
}

/** Makes the machine before any test has to wait for it. */
export async function setUp(machine: Machine): Promise<void> {
  const problem = await missing(machine) ?? await vmDirectory(machine).then(() => undefined, (error: Error) => error.message);
  if (!problem) return;
  // Thrown, the sentence would drown in a stack trace.
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
