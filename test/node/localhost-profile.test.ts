import { join } from 'path';
import { MindieProfile, NodeArchitecture } from '../../src';
import { NEWER_RUNCS } from './runtimes/debian';
import { newer, newerDirectory } from './runtimes/newer-runtimes';
import { python, RuntimeName, Runtimes, RUNTIMES } from './runtimes/runtimes';
import { ENOSYS, EPERM, readReport, REFERENCE, UNCONFINED } from './runtimes/syscall-report';

/** What comes before the machine's runtimes: a newer containerd, and the newest runc. */
async function programsOf(name: string): Promise<string[]> {
  if (name === 'machine') return [];
  const directory = await newerDirectory();
  return [name, NEWER_RUNCS.at(-1)!].map(each => join(directory, each));
}

const NODES: [string, string, readonly RuntimeName[]][] = [
  ['machine', '1.6', RUNTIMES],
  ...newer('containerd').map(({ name, version }): [string, string, RuntimeName[]] => [name, version, ['containerd']]),
];

describe.each(NODES)('%s', (node, version, names) => {
  let runtimes: Runtimes;

  beforeAll(async () => {
    runtimes = await Runtimes.start(await programsOf(node));
  }, 6 * 60_000);

  afterAll(async () => runtimes.stop());

  test('runs the containerd that it is for', async () => {
    const { stdout } = await runtimes.containerd.versions();
    // Of the client and of the server.
    expect(stdout.split('\n').filter(line => line.includes('Version:')).map(line => line.includes(version))).toStrictEqual([true, true]);
  });

  describe.each(names)('%s', name => {
    test('starts threads and denies with EPERM under the reference profile for amd64', async () => {
      const document = MindieProfile.reference().forNode(NodeArchitecture.AMD64).toJson();
      expect(readReport(await runtimes.get(name).runPython('syscalls.py', document))).toStrictEqual(REFERENCE);
      expect(readReport(await runtimes.get(name).runPython('syscalls.py'))).toStrictEqual(UNCONFINED);
    });

    test('fails to start threads when clone3 is answered with EPERM', async () => {
      const document = JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['clone3'], action: 'SCMP_ACT_ERRNO' }] });
      expect(readReport(await runtimes.get(name).runPython('syscalls.py', document)))
        .toStrictEqual({ ...UNCONFINED, clone3: EPERM, thread: "can't start new thread" });
    });
  });

  test('starts threads under the RuntimeDefault of containerd, which answers clone3 with ENOSYS', async () => {
    expect(readReport(await runtimes.containerd.runContainer('RuntimeDefault', python('syscalls.py'))))
      .toStrictEqual({ ...REFERENCE, ptrace: 0, clone3: ENOSYS });
  });
});
