import { MindieProfile, NodeArchitecture } from '../../src';
import { python, Runtimes, RUNTIMES } from './runtimes/runtimes';
import { ENOSYS, EPERM, readReport, REFERENCE, UNCONFINED } from './runtimes/syscall-report';

let runtimes: Runtimes;

beforeAll(async () => {
  runtimes = await Runtimes.start();
});

afterAll(async () => runtimes.stop());

describe.each(RUNTIMES)('%s', name => {
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
