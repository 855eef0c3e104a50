import { createServer, Server } from 'net';
import { join } from 'path';
import { SeccompArchitecture, LintSeverity, LintTargets, MindieProfile, NodeArchitecture, ProfileLinter, ContainerRuntime, SeccompProfile } from '../../src';
import { numberOf } from '../../src/syscalls/numbers';
import { Fixture, FIXTURES } from '../lint/fixtures';
import { Setting, Starter } from './runtime-needs/starter';
import { DEBIANS, DebianRelease, ociRuntimes, OLDEST_AND_NEWEST_RUNC } from './runtimes/debian';
import { localNode } from './runtimes/image-node';
import { OCI_RUNTIMES, OciRuntime, OciRuntimeName } from './runtimes/oci-runtime';
import { makeRootfs } from './runtimes/rootfs';
import { python, Runtimes } from './runtimes/runtimes';
import { EPERM, readReport, UNCONFINED } from './runtimes/syscall-report';
import { TestNode } from './runtimes/test-node';
import { pythonImage, MUSL_IMAGE, ThreadNode } from './threads/thread-node';

/** Rules that say that no container starts. */
const START_RULES = [
  'architecture-unknown-to-runtime', 'conflicting-rules', 'container-cannot-start', 'errno-without-errno-action', 'flag-unsupported-by-runtime',
  'invalid-errno', 'invalid-profile', 'mixed-endian-architectures', 'no-architecture-for-node', 'notify-unusable',
];
/** What the readers written in Go (containerd, CRI-O) refuse, crun's own would take. */
const READ_IN_GO = ['invalid-errno', 'invalid-profile'];
/** Starts without any filter: a document without a default action and rules is none for runc. */
const UNFILTERED = 'invalid-profile/fires-pod-field';
/** What Kubernetes gives where a pod says nothing. */
const ROOT: Setting = {
  uid: 0,
  noNewPrivileges: false,
  capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID'].map(name => `CAP_${name}`),
};
const STARTED = 42;
const SIGSYS = 31;
const MINUTES = 60_000;

const of = (...rules: string[]) => FIXTURES.filter(({ rule }) => rules.includes(rule));
const named = (name: string) => FIXTURES.find(fixture => fixture.name === name)!;

function errors(text: string, targets: LintTargets): string[] {
  const findings = new ProfileLinter({ targets: { nodes: [NodeArchitecture.AMD64], ...targets } }).lintText(text);
  return findings.filter(({ severity }) => severity === LintSeverity.ERROR).map(({ rule }) => rule);
}

/** The runtimes that refuse a fixture, by its name. */
const refused = new Map<string, string[]>(of(...START_RULES).map(({ name }) => [name, []]));

describe.each([...DEBIANS, ...OLDEST_AND_NEWEST_RUNC])('%s', debian => {
  let release: DebianRelease;
  let starter: Starter;
  let agent: Server;
  let node: TestNode;
  let rootfs: string;

  beforeAll(async () => {
    release = await DebianRelease.of(debian);
    starter = await Starter.on(await localNode(release));
    node = await TestNode.start(release);
    rootfs = await makeRootfs(node);
    // It takes the listener and drops it.
    agent = createServer(connection => connection.resume()).listen(join(starter.directory, 'agent.sock'));
  }, 6 * MINUTES);

  afterAll(async () => {
    agent.close();
    await node.stop();
    await starter.stop();
  });

  test.each(ociRuntimes(debian))('starts no container with %s where a rule says so, and one everywhere else', async name => {
    const runtime = release.runtime(name);
    const wrong: string[] = [];
    for (const { name: title, text, rule } of of(...START_RULES).filter(each => name === 'runc' || !READ_IN_GO.includes(each.rule))) {
      const found = errors(text, { runtimes: [runtime] }).filter(id => START_RULES.includes(id));
      const seccomp = withListener(JSON.parse(text), join(starter.directory, 'agent.sock'));
      // crun waits for ever for an agent that does not answer: such a container is created and never started.
      const starts = rule === 'notify-unusable' ? await runs(name, seccomp) : await starter.starts(name, ROOT, { seccomp, timeoutMs: 3_000 });
      if (!starts) refused.get(title)!.push(`${runtime}`);
      if (starts === found.length > 0 && title !== UNFILTERED) wrong.push(`${title}: ${starts ? 'started' : 'not started'}, found ${found.join()}`);
    }
    expect(wrong).toStrictEqual([]);
  }, 2 * MINUTES);

  const runs = async (name: OciRuntimeName, seccomp: object) => {
    const result = await OciRuntime[name](node).runContainer({ rootfs, uid: 1001, args: ['/bin/busybox', 'sh', '-c', 'exit 42'], seccomp, timeoutMs: 2_000 });
    return result.status === STARTED;
  };

  test('starts a container without any filter, where runc takes the document for none', async () => {
    const seccomp = JSON.parse(named(UNFILTERED).text);
    const args = ['/bin/busybox', 'grep', 'Seccomp:', '/proc/self/status'];
    const { stdout } = await OciRuntime.runc(node).runContainer({ rootfs, uid: 1001, args, seccomp });
    expect(stdout).toMatch(/^Seccomp:\s+0$/m);
  });
});

function withListener(document: any, listenerPath: string): object {
  return document.listenerPath ? { ...document, listenerPath } : document;
}

test('has a runtime that refuses each firing fixture, and none that refuses a silent one of its own rule', () => {
  const isRefused = ({ name }: Fixture) => refused.get(name)!.length > 0;
  const firing = of(...START_RULES).filter(({ fires, name }) => fires && name !== UNFILTERED);
  expect(firing.filter(fixture => !isRefused(fixture)).map(({ name }) => name)).toStrictEqual([]);
  // Those for nodes of the other byte order are refused here, and rightly.
  const silent = of(...START_RULES).filter(({ fires, text }) => !fires && errors(text, {}).length === 0);
  expect(silent.filter(isRefused).map(({ name }) => name)).toStrictEqual([]);
});

describe.each(DEBIANS)('threads on %s', debian => {
  let release: DebianRelease;
  let node: ThreadNode;

  beforeAll(async () => {
    release = await DebianRelease.of(debian);
    node = await ThreadNode.on(await localNode(release));
  }, 6 * MINUTES);

  afterAll(async () => node.stop());

  test.each(OCI_RUNTIMES)('starts none with %s where threads-cannot-start says so, and one everywhere else', async name => {
    for (const { name: title, text } of of('threads-cannot-start', 'clone3-relies-on-runc-stub')) {
      for (const image of [pythonImage(release), MUSL_IMAGE]) {
        const found = errors(text, { runtimes: [release.runtime(name)], libcs: [image.libc] }).includes('threads-cannot-start');
        const seen = await node.run(name, image, image.pthread, SeccompProfile.fromJson(text).toJson());
        const works = seen[0] === 0 && seen[1] === '0 ran';
        expect({ title, libc: `${image.libc}`, works }).toStrictEqual({ title, libc: `${image.libc}`, works: !found });
      }
    }
  });
});

describe.each(DEBIANS)('the profile of the guide on %s', debian => {
  let node: ThreadNode;

  beforeAll(async () => {
    node = await ThreadNode.on(await localNode(await DebianRelease.of(debian)));
  }, 6 * MINUTES);

  afterAll(async () => node.stop());

  test.each(OCI_RUNTIMES)('starts no container with %s as it is, and one with threads once it is fixed', async name => {
    const image = pythonImage(await DebianRelease.of(debian));
    const written = MindieProfile.reference().toJson();
    const fixed = new ProfileLinter().fix(written);
    expect(errors(written, {})).toContain('mixed-endian-architectures');
    expect(errors(fixed, {})).toStrictEqual([]);
    expect((await node.run(name, image, image.pthread, written))[1]).toBe('');
    expect(await node.run(name, image, image.pthread, fixed)).toStrictEqual([0, '0 ran']);
  });
});

describe('one node', () => {
  let runtimes: Runtimes;
  let node: TestNode;
  let rootfs: string;

  beforeAll(async () => {
    runtimes = await Runtimes.start();
    node = runtimes.node;
    rootfs = await makeRootfs(node);
    await node.runOrThrow(['musl-gcc', '-static', '-o', join(rootfs, 'bin/thread-call'), join(__dirname, 'lint/thread-call.c')]);
  });

  afterAll(async () => runtimes.stop());

  test('reads the format of Docker otherwise than it is meant, where docker-format says so', async () => {
    const seen = async (name: string) => readReport(await runtimes.get('containerd').runPython('syscalls.py', named(name).text));
    // Meant for CAP_SYS_ADMIN, which the container has not.
    expect(await seen('docker-format/fires')).toMatchObject({ unshare: 0, mount: UNCONFINED.mount, ptrace: EPERM });
    // Denied by `name`, which nobody reads.
    expect(await seen('docker-format/fires-old')).toMatchObject({ mount: UNCONFINED.mount });
    expect(await seen('docker-format/silent')).toMatchObject({ mount: EPERM });
  });

  const CLONE_NEWUSER = 0x10000000;
  const CLONE_NEWNET = 0x40000000;

  /** The errno of clone with these flags, or -1 if it is the end of the process. */
  async function clone(name: OciRuntimeName, document: object, flags: number): Promise<number> {
    const calls = [['syscall', numberOf('SCMP_ARCH_X86_64', 'clone'), flags]];
    const { stdout } = await OciRuntime[name](node).runContainer({
      rootfs, uid: 1001, mounts: [{ source: '/usr', destination: '/usr' }], args: [...python('calls.py'), JSON.stringify(calls)], seccomp: document,
    });
    return JSON.parse(stdout)[0];
  }

  test.each(OCI_RUNTIMES)('answers with %s in another order than the one written, where overlapping-actions says so', async name => {
    const written = JSON.parse(named('overlapping-actions/fires').text);
    const reversed = { ...written, syscalls: [...written.syscalls].reverse() };
    const both = CLONE_NEWUSER + CLONE_NEWNET;
    const answers = [await clone(name, written, both), await clone(name, reversed, both)];
    // Whichever it is, it is the same in both orders.
    expect(answers[0]).toBe(answers[1]);
    expect([EPERM, -1]).toContain(answers[0]);
    // Where the conditions exclude each other, each answer is the one written.
    const apart = JSON.parse(named('overlapping-actions/silent').text);
    const seen = [await clone(name, apart, CLONE_NEWUSER), await clone(name, apart, both), await clone(name, apart, CLONE_NEWNET)];
    expect(seen).toStrictEqual([EPERM, EPERM, -1]);
  });

  test.each(OCI_RUNTIMES)('waits with %s for ever for a thread that the default action killed, where kill-thread-default says so', async name => {
    const end = async (fixture?: string) => {
      const seccomp = fixture === undefined ? undefined : JSON.parse(named(fixture).text);
      const { status } = await OciRuntime[name](node).runContainer({ rootfs, uid: 1001, args: ['/bin/thread-call'], seccomp, timeoutMs: 4_000 });
      return status;
    };
    expect(await end()).toBe(STARTED);
    expect(await end('kill-thread-default/silent')).toBe(128 + SIGSYS);
    expect([STARTED, 128 + SIGSYS]).not.toContain(await end('kill-thread-default/fires'));
  });
});

test('says the same of X86_64 as decide, where a runtime refuses', () => {
  const { text } = named('mixed-endian-architectures/fires');
  const { reason } = SeccompProfile.fromJson(text).decide({ architecture: SeccompArchitecture.X86_64, syscall: 'read', runtime: ContainerRuntime.runc('1.3.0') });
  expect(reason).toContain('big- and little-endian');
});
