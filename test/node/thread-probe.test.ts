import { writeFileSync } from 'fs';
import { join } from 'path';
import { Containerd } from './runtimes/containerd';
import { DEBIANS, DebianRelease } from './runtimes/debian';
import { OCI_RUNTIMES } from './runtimes/oci-runtime';
import { runOrThrow, runProcess } from './runtimes/processes';
import { TestNode } from './runtimes/test-node';
import { ending, imageOf, inlineProbe, Means, ProbeEnding, ProbeNode, verdictOn } from './thread-probe/probe-node';
import { threadProfiles, undoneProfiles } from './threads/profiles';
import { NodeArchitecture, SeccompArchitecture, SeccompProfile, ThreadStart } from '../../src';
import { readLogLine } from '../../src/troubleshooting/probe/line';

const ASSETS = join(__dirname, '../../assets');
const MEANS: readonly Means[] = ['python', 'sh with perl', 'sh alone'];

const documentOf = (profile: SeccompProfile) => JSON.parse(profile.toJson());
const [PROFILES, UNDONE_PROFILES] = [threadProfiles(NodeArchitecture.AMD64), undoneProfiles(NodeArchitecture.AMD64)];
const EPERM = documentOf(PROFILES['clone3 EPERM']);
const ENOSYS = documentOf(PROFILES['clone3 ENOSYS']);
const CLONE_EPERM = documentOf(PROFILES['clone3 ENOSYS, clone EPERM for threads']);

/** Under the others, no program that has children gets as far as a line. */
const SURVIVED = Object.entries({ ...PROFILES, ...UNDONE_PROFILES }).filter(([name]) => name !== 'clone KILL_PROCESS');

/** Verdict and exit status, which have to agree. */
const said = ({ line, status }: ProbeEnding) => [line.verdict ?? line, status];

test('passes shellcheck as a POSIX shell script', async () => {
  expect(await runProcess(['shellcheck', '--shell', 'sh', '--norc', join(ASSETS, 'thread-probe.sh')])).toMatchObject({ status: 0, stdout: '' });
});

const FAILED = { thread: 'EPERM', clone3: 'EPERM', clone: 'EINVAL', libc: 'glibc 2.39', seccomp: 2, uid: 1, pids: { current: 1, max: 9, hits: 0 }, nproc: { current: 1, max: 9 } };
const MUSL_EAGAIN = { libc: 'musl', thread: 'EAGAIN', clone3: 'ENOSYS' };

test.each<[string, object, string]>([
  ['a denied clone3', {}, 'clone3-denied'],
  ['EPERM without a filter', { seccomp: 0 }, 'not-seccomp'],
  ['EPERM of clone without a filter', { seccomp: 0, clone3: 'ENOSYS', clone: 'EPERM' }, 'not-seccomp'],
  ['a crash without a filter', { seccomp: 0, thread: 'SIGSEGV' }, 'undecided'],
  ['no /proc', { seccomp: null }, 'undecided'],
  ['a clone3 that musl does not use', { libc: 'musl', thread: 'ok' }, 'clone3-unused'],
  ['a clone that musl calls EAGAIN', { libc: 'musl', thread: 'EAGAIN', clone3: 'ENOSYS', clone: 'EPERM' }, 'clone-denied'],
  ['a limit under musl', { libc: 'musl', thread: 'EAGAIN', clone3: 'EAGAIN', nproc: { current: 9, max: 9 } }, 'process-limit'],
  ['musl where a child finds room, but a thread does not', { ...MUSL_EAGAIN, fork: 'ok' }, 'undecided'],
  ['musl where no child finds room either', { ...MUSL_EAGAIN, fork: 'EAGAIN' }, 'unseen-limit'],
  ['musl without a filter', { ...MUSL_EAGAIN, fork: 'ok', seccomp: 0 }, 'unseen-limit'],
  ['ENOSYS of clone after that of clone3', { thread: 'ENOSYS', clone3: 'ENOSYS', clone: 'ENOSYS' }, 'clone-denied'],
  ['a limit under an old glibc', { libc: 'glibc 2.31', thread: 'EAGAIN', pids: { current: 9, max: 9, hits: 0 } }, 'pids-limit'],
  ['a limit for others than root', { thread: 'EAGAIN', uid: 0, nproc: { current: 9, max: 9 } }, 'unseen-limit'],
  ['a limit in no cgroup', { thread: 'EAGAIN', pids: { current: null, max: null, hits: null }, nproc: { current: 1, max: 'max' } }, 'unseen-limit'],
  ['a filter on the flags of clone', { clone3: 'ENOSYS' }, 'clone-denied'],
])('concludes what has to be: %s', async (_, facts, verdict) => {
  expect(await verdictOn({ ...FAILED, ...facts })).toBe(verdict);
});

test('judges the modes of a containerd', async () => {
  const node = await TestNode.start();
  try {
    const containerd = await Containerd.start(node);
    const file = join(node.makeDirectory('seccomp'), 'profile.json');
    writeFileSync(file, JSON.stringify(EPERM));
    const endings = [];
    for (const mode of ['Unconfined', 'RuntimeDefault', { localhostProfile: file }] as const) endings.push(said(ending(await containerd.runContainer(mode, inlineProbe()))));
    expect(endings).toStrictEqual([['works', 0], ['falls-back', 0], ['clone3-denied', 1]]);
    await containerd.stop();
  } finally {
    await node.stop();
  }
});

describe.each(DEBIANS)('%s', debian => {
  let release: DebianRelease;
  let usr: string;
  let node: ProbeNode;

  beforeAll(async () => {
    usr = await imageOf(debian);
    release = await DebianRelease.of(debian);
    node = await ProbeNode.start(release.usr);
  }, 6 * 60_000);

  afterAll(async () => node.stop());

  describe.each(OCI_RUNTIMES)('%s', runtime => {
    const probe = async (means: Means, seccomp?: object) => said(await node.probe(runtime, { means, seccomp, usr }));

    test.each<[string, object | undefined, [string, number][]]>([
      ['no filter', undefined, [['works', 0], ['unfiltered', 0], ['unfiltered', 0]]],
      ['clone3 EPERM', EPERM, [['clone3-denied', 1], ['clone3-denied', 1], ['undecided', 2]]],
      ['clone3 ENOSYS', ENOSYS, [['falls-back', 0], ['falls-back', 0], ['undecided', 2]]],
      ['clone3 ENOSYS, clone EPERM for threads', CLONE_EPERM, [['clone-denied', 1], ['clone-denied', 1], ['undecided', 2]]],
      ['clone3 KILL_PROCESS', documentOf(PROFILES['clone3 KILL_PROCESS']), [['killed', 1], ['killed', 1], ['undecided', 2]]],
    ])('judges %s by each of its means', async (_, seccomp, verdicts) => {
      expect(await Promise.all(MEANS.map(async means => probe(means, seccomp)))).toStrictEqual(verdicts);
    });

    test.each(SURVIVED)('says the same as SeccompProfile.threads: %s', async (_, profile) => {
      const answer = profile.threads({ libc: release.glibc, architecture: SeccompArchitecture.X86_64, runtime: release.runtime(runtime) });
      const { line, status } = await node.probe(runtime, { means: 'python', seccomp: documentOf(profile), usr });
      expect([line.thread === 'ok', status]).toStrictEqual(answer.start === ThreadStart.WORKS ? [true, 0] : [false, 1]);
    });

    test('fails without a line where a filter kills whoever forks', async () => {
      const seccomp = documentOf(PROFILES['clone KILL_PROCESS']);
      expect(await Promise.all(MEANS.map(async means => probe(means, seccomp)))).toStrictEqual([['', 159], ['', 159], ['', 159]]);
    });

    test.each(MEANS.slice(1))('does not end well where a filter undoes every fork: %s', async means => {
      expect(await probe(means, documentOf(UNDONE_PROFILES['clone3 ENOSYS, clone errno 0']))).toStrictEqual(['', 2]);
    });

    test('has the line of a privileged container say that no filter is on it', async () => {
      const { line } = await node.probe(runtime, { means: 'python', mode: 'RuntimeDefault', uid: 0, capabilities: ['CAP_SYS_ADMIN'], usr });
      expect(line).toMatchObject({ mode: 'RuntimeDefault', seccomp: 0, filters: 0, verdict: 'works', unshareUser: 'ok', mount: 'EFAULT' });
    });

    test.each(MEANS)('tells RLIMIT_NPROC from a filter: %s', async means => {
      expect(said(await node.probeWithProcessLimit(runtime, { means, usr, uid: 4711 }))).toStrictEqual(['process-limit', 1]);
      expect(said(await node.probeWithProcessLimit(runtime, { means, usr, uid: 4711, seccomp: ENOSYS }))).toStrictEqual(['process-limit', 1]);
    });
  });

  test.each(MEANS)('tells a pids limit from a filter, also one above the container: %s', async means => {
    const own = await node.probeWithPidsLimit('own', { means, usr, seccomp: ENOSYS });
    expect([said(own), own.line.pids]).toStrictEqual([['pids-limit', 1], { current: 1, max: 1, hits: expect.any(Number) }]);
    const above = await node.probeWithPidsLimit('above', { means, usr });
    expect([said(above), above.line.pids.max]).toStrictEqual([['pids-limit', 1], 'max']);
  });

  test('prints what it has seen, and what it cannot see', async () => {
    const uname = (await runOrThrow(['uname', '-rm'])).trim().split(' ');
    const common = {
      probe: 'thread-probe/1',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      node: 'node-1',
      mode: 'RuntimeDefault',
      architecture: uname[1],
      kernel: uname[0],
      libc: `${release.glibc}`,
      uid: 1001,
      seccomp: 2,
      filters: 1,
      fork: 'ok',
      nproc: { current: expect.any(Number), max: expect.any(Number) },
      clone3: 'EPERM',
      clone: 'EINVAL',
      pids: { current: null, max: null, hits: null },
      unshare: 'EINVAL',
      mount: 'EFAULT',
    };
    const run = { seccomp: EPERM, usr };
    expect((await node.probe('runc', { means: 'python', ...run })).line).toStrictEqual({
      ...common, by: expect.stringMatching(/^python 3\.\d+\.\d+$/), thread: 'EPERM', unshareUser: 'ok', unseen: [], verdict: 'clone3-denied',
    });
    const bySh = { ...common, by: 'sh', thread: null, unshareUser: null };
    expect((await node.probe('runc', { means: 'sh with perl', ...run })).line).toStrictEqual({
      ...bySh, unseen: ['thread', 'unshareUser'], verdict: 'clone3-denied',
    });
    const unseen = { clone3: null, clone: null, unshare: null, mount: null };
    expect((await node.probe('runc', { means: 'sh alone', ...run })).line).toStrictEqual({
      ...bySh, ...unseen, unseen: ['thread', 'unshareUser', 'clone3', 'clone', 'unshare', 'mount'], verdict: 'undecided',
    });
  });

  test.each(MEANS)('prints what the report can read: %s', async means => {
    const { line } = await node.probe('crun', { means, seccomp: EPERM, usr });
    const { probe, uid, filters, fork, nproc, pids, unshare, unshareUser, mount, unseen, ...read } = line;
    const told = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null));
    expect(readLogLine(`[pod/p/c] ${JSON.stringify(line)}`)).toStrictEqual({ result: told, source: { pod: 'p', container: 'c' } });
  });

  test('tells EPERM of a filter from what the kernel says to unshare and mount', async () => {
    const denied = { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['unshare', 'mount'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }] };
    for (const means of ['python', 'sh with perl'] as const) {
      const { line } = await node.probe('crun', { means, seccomp: denied, usr });
      expect(line).toMatchObject({ unshare: 'EPERM', mount: 'EPERM', clone3: 'EFAULT', verdict: 'works' });
    }
  });

  test('works in a busybox image, in dash and in bash', async () => {
    const busybox = await node.probe('runc', { means: 'python', seccomp: ENOSYS });
    expect([said(busybox), busybox.line.by, busybox.line.libc]).toStrictEqual([['undecided', 2], 'sh', null]);
    for (const shell of [['/usr/bin/dash'], ['/usr/bin/bash']]) {
      for (const means of MEANS.slice(0, 2)) {
        expect(said(await node.probe('runc', { means, shell, seccomp: EPERM, usr }))).toStrictEqual(['clone3-denied', 1]);
      }
    }
  });

  test('knows that musl does not use clone3', async () => {
    const denied = await node.probe('runc', { means: 'sh with perl on musl', seccomp: EPERM, usr: '/usr' });
    expect([said(denied), denied.line.libc]).toStrictEqual([['clone3-unused', 0], 'musl']);
    expect(said(await node.probe('runc', { means: 'sh with perl on musl', seccomp: CLONE_EPERM, usr: '/usr' }))).toStrictEqual(['clone-denied', 1]);
  });

  test('goes back to the shell where Python is a minimal one', async () => {
    const { line } = await node.probe('runc', { means: 'python', usr: (await DebianRelease.of('trixie')).usr });
    expect([line.by, line.verdict]).toStrictEqual(['sh', 'unfiltered']);
  });

  test.each(MEANS)('stays after its line when it is told to: %s', async means => {
    const { line, isEndedBySigkill } = await node.stayAndEnd('runc', { means, seccomp: EPERM, usr });
    expect([line.node, isEndedBySigkill]).toStrictEqual(['node-1', true]);
  });

  describe('notices a broken probe:', () => {
    test('one that asks clone3 with a size which the filter does not test', async () => {
      const seccomp = documentOf(PROFILES['clone3 EPERM for its size']);
      const run = { means: 'python', seccomp, usr } as const;
      expect(said(await node.probe('runc', run))).toStrictEqual(['clone3-denied', 1]);
      const broken = await node.withChanged('thread-probe.py', 'CLONE_ARGS_SIZE = 88', 'CLONE_ARGS_SIZE = 80', async () => node.probe('runc', run));
      expect(said(broken)).toStrictEqual(['clone-denied', 1]);
    });

    test('one that starts no thread', async () => {
      const broken = await node.withChanged('thread-probe.py', '    if error != 0:', '    return "ok"\n    if error != 0:', async () =>
        node.probe('runc', { means: 'python', seccomp: EPERM, usr }));
      expect(said(broken)).toStrictEqual(['clone3-unused', 0]);
    });

    test('one that does not read the limit', async () => {
      const broken = await node.withChanged('thread-probe.py', 'count["current"] >= count["max"]', 'False', async () =>
        node.withChanged('thread-probe.py', ' or facts["pids"]["hits"]', '', async () =>
          node.probeWithPidsLimit('own', { means: 'python', usr })));
      expect(said(broken)).toStrictEqual(['unseen-limit', 1]);
    });

    test('a shell that takes every C library for an old one', async () => {
      const broken = await node.withChanged('thread-probe.sh', 'if [ "$minor" -ge $since ]', 'if false', async () =>
        node.probe('runc', { means: 'sh with perl', seccomp: EPERM, usr }));
      expect(said(broken)).toStrictEqual(['clone3-unused', 0]);
    });
  });
});
