import { DebianRelease } from './runtimes/debian';
import { OCI_RUNTIMES } from './runtimes/oci-runtime';
import { runOrThrow } from './runtimes/processes';
import { muslImage, ProbeEnding, ProbeNode } from './thread-probe/probe-node';
import { threadProfiles, undoneProfiles } from './threads/profiles';
import { Libc, NodeArchitecture, SeccompArchitecture, SeccompProfile, ThreadStart } from '../../src';

const CLONE_DETACHED = 0x400000;

const documentOf = (profile: SeccompProfile) => JSON.parse(profile.toJson());
const [PROFILES, UNDONE_PROFILES] = [threadProfiles(NodeArchitecture.AMD64), undoneProfiles(NodeArchitecture.AMD64)];
const EPERM = documentOf(PROFILES['clone3 EPERM']);
const CLONE_EPERM = documentOf(PROFILES['clone3 ENOSYS, clone EPERM']);

const clone = (rule: object) => ({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['clone'], ...rule }] });
const CLONE_ALONE_EPERM = clone({ action: 'SCMP_ACT_ERRNO', errnoRet: 1 });
const DETACHED_EPERM = clone({
  action: 'SCMP_ACT_ERRNO', errnoRet: 1, args: [{ index: 0, value: CLONE_DETACHED, valueTwo: CLONE_DETACHED, op: 'SCMP_CMP_MASKED_EQ' }],
});

/** What pthread_create says, the verdict and the exit status. */
const said = ({ line, status }: ProbeEnding) => [line.thread, line.verdict ?? line, status];

const THREAD = ['/usr/bin/python3', '-c', 'import threading; threading.Thread(target=print, args=["ran"]).start()'];

let node: ProbeNode;
let musl: string;
let machine: DebianRelease;

beforeAll(async () => {
  musl = await muslImage();
  machine = await DebianRelease.of('machine');
  node = await ProbeNode.start(machine.usr);
}, 10 * 60_000);

afterAll(async () => node?.stop());

describe.each(OCI_RUNTIMES)('%s', runtime => {
  const probe = async (usr: string, seccomp?: object) => node.probe(runtime, { means: 'python', seccomp, usr });

  test.each<[string, object | undefined, { musl: unknown[]; glibc: unknown[] }]>([
    ['no filter', undefined, { musl: ['ok', 'works', 0], glibc: ['ok', 'works', 0] }],
    ['clone3 EPERM', EPERM, { musl: ['ok', 'clone3-unused', 0], glibc: ['EPERM', 'clone3-denied', 1] }],
    ['clone3 ENOSYS', documentOf(PROFILES['clone3 ENOSYS']), { musl: ['ok', 'falls-back', 0], glibc: ['ok', 'falls-back', 0] }],
    ['clone EPERM', CLONE_ALONE_EPERM, { musl: ['EAGAIN', 'clone-denied', 1], glibc: ['ok', 'works', 0] }],
    ['clone3 ENOSYS, clone EPERM', CLONE_EPERM, { musl: ['EAGAIN', 'clone-denied', 1], glibc: ['EPERM', 'clone-denied', 1] }],
    ['clone3 ENOSYS, clone ENOSYS', documentOf(PROFILES['clone3 ENOSYS, clone ENOSYS']),
      { musl: ['EAGAIN', 'clone-denied', 1], glibc: ['ENOSYS', 'clone-denied', 1] }],
    ['clone3 ENOSYS, clone EPERM for threads', documentOf(PROFILES['clone3 ENOSYS, clone EPERM for threads']),
      { musl: ['EAGAIN', 'clone-denied', 1], glibc: ['EPERM', 'clone-denied', 1] }],
    ['clone EPERM for a flag of musl alone', DETACHED_EPERM, { musl: ['EAGAIN', 'clone-denied', 1], glibc: ['ok', 'works', 0] }],
    // musl forks by fork, so that there is a line.
    ['clone KILL_PROCESS', documentOf(PROFILES['clone KILL_PROCESS']), { musl: ['SIGSYS', 'killed', 1], glibc: [undefined, '', 159] }],
  ])('judges %s under musl, and under glibc', async (_, seccomp, verdicts) => {
    const [ofMusl, ofGlibc] = await Promise.all([probe(musl, seccomp), probe('/usr', seccomp)]);
    expect({ musl: said(ofMusl), glibc: said(ofGlibc) }).toStrictEqual(verdicts);
    expect(ofMusl.line.libc).toBe('musl');
  });

  test.each(Object.entries({ ...PROFILES, ...UNDONE_PROFILES }))('says the same as SeccompProfile.threads: %s', async (_, profile) => {
    const answer = profile.threads({ libc: Libc.musl(), architecture: SeccompArchitecture.X86_64, runtime: machine.runtime(runtime) });
    const { line, status } = await probe(musl, documentOf(profile));
    expect([line.libc, line.thread === 'ok', status === 0]).toStrictEqual(['musl', ...Array(2).fill(answer.start === ThreadStart.WORKS)]);
  });

  test('does not call a limit what may be a filter on the very flags of musl', async () => {
    const seccomp = documentOf(PROFILES['clone3 ENOSYS, clone EPERM for the flags of musl']);
    expect(said(await probe(musl, seccomp))).toStrictEqual(['EAGAIN', 'undecided', 2]);
  });

  test('has the line of a privileged container say that no filter is on it', async () => {
    const { line } = await node.probe(runtime, { means: 'python', mode: 'RuntimeDefault', uid: 0, capabilities: ['CAP_SYS_ADMIN'], usr: musl });
    expect(line).toMatchObject({ libc: 'musl', seccomp: 0, filters: 0, thread: 'ok', verdict: 'works', unshareUser: 'ok', mount: 'EFAULT' });
  });

  test('tells RLIMIT_NPROC from a filter', async () => {
    expect(said(await node.probeWithProcessLimit(runtime, { means: 'python', usr: musl, uid: 4712 }))).toStrictEqual(['EAGAIN', 'process-limit', 1]);
    expect(said(await node.probeWithProcessLimit(runtime, { means: 'python', usr: musl, uid: 4712, seccomp: CLONE_EPERM })))
      .toStrictEqual(['EAGAIN', 'clone-denied', 1]);
  });

  test("has Python say the same under musl's EAGAIN as under glibc's EPERM", async () => {
    const run = async (usr: string, seccomp?: object) => node.run(runtime, { means: 'python', usr, seccomp }, THREAD);
    expect(await run(musl)).toMatchObject({ status: 0, stdout: 'ran\n' });
    for (const usr of [musl, '/usr']) {
      expect(await run(usr, CLONE_EPERM)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^RuntimeError: can't start new thread$/m) });
    }
  });
});

test('tells a pids limit from a filter, also one above the container', async () => {
  const run = { means: 'python', usr: musl } as const;
  const own = await node.probeWithPidsLimit('own', { ...run, seccomp: documentOf(PROFILES['clone3 ENOSYS']) });
  expect([said(own), own.line.libc, own.line.pids.max]).toStrictEqual([['EAGAIN', 'pids-limit', 1], 'musl', 1]);
  const above = await node.probeWithPidsLimit('above', run);
  expect([said(above), above.line.pids.max]).toStrictEqual([['EAGAIN', 'pids-limit', 1], 'max']);
  expect(said(await node.probeWithPidsLimit('own', { ...run, seccomp: CLONE_EPERM }))).toStrictEqual(['EAGAIN', 'clone-denied', 1]);
});

test('prints what it has seen', async () => {
  const uname = (await runOrThrow(['uname', '-rm'])).trim().split(' ');
  expect((await node.probe('runc', { means: 'python', seccomp: CLONE_EPERM, usr: musl })).line).toStrictEqual({
    probe: 'thread-probe/1',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    node: 'node-1',
    mode: 'RuntimeDefault',
    architecture: uname[1],
    kernel: uname[0],
    libc: 'musl',
    by: 'python 3.11.2',
    uid: 1001,
    seccomp: 2,
    filters: 1,
    fork: 'ok',
    nproc: { current: expect.any(Number), max: expect.any(Number) },
    clone3: 'ENOSYS',
    clone: 'EPERM',
    thread: 'EAGAIN',
    pids: { current: null, max: null, hits: null },
    unshare: 'EINVAL',
    unshareUser: 'ok',
    mount: 'EFAULT',
    unseen: [],
    verdict: 'clone-denied',
  });
});

describe('notices a broken probe:', () => {
  const broken = async (before: string, after: string, seccomp: object) =>
    said(await node.withChanged('thread-probe.py', before, after, async () => node.probe('crun', { means: 'python', seccomp, usr: musl })));

  test('one that takes musl for glibc', async () => {
    expect(await broken('is_musl = facts["libc"] == "musl"', 'is_musl = False', CLONE_EPERM)).toStrictEqual(['EAGAIN', 'undecided', 2]);
  });

  test('one that takes every EAGAIN for a limit', async () => {
    const seccomp = documentOf(PROFILES['clone3 ENOSYS, clone EPERM for the flags of musl']);
    expect(await broken('if may_be_a_filter(facts)', 'if False', seccomp)).toStrictEqual(['EAGAIN', 'unseen-limit', 1]);
  });

  test('one that asks with the flags of glibc', async () => {
    expect(await broken('name == "musl"), facts)', 'False), facts)', DETACHED_EPERM)).toStrictEqual(['EAGAIN', 'undecided', 2]);
  });
});
