import { execFileSync } from 'child_process';
import { SeccompArchitecture, HardeningGroup, MindieProfile, NodeArchitecture, SeccompProfile } from '../../src';
import { OCI_RUNTIMES, OciNode, OciRuntimeName } from './runtimes/oci-node';
import { python } from './runtimes/runtimes';
import { ENOSYS, EPERM, readReport } from './runtimes/syscall-report';
import { numberOf } from '../../src/syscalls/numbers';
import { knownTo } from '../../src/syscalls/since';

const LIBSECCOMP = execFileSync('dpkg-query', ['--show', '--showformat', '${Version}', 'libseccomp2'], { encoding: 'utf8' });
const [EBADF, EFAULT, EINVAL, ENOKEY, E2BIG] = [9, 14, 22, 126, 7];

type Call = readonly ['syscall' | 'int 0x80', number, ...number[]];

let node: OciNode;

beforeAll(async () => {
  node = await OciNode.start();
});

afterAll(async () => node.stop());

async function escapes(runtime: OciRuntimeName, profile?: SeccompProfile): Promise<[Record<string, number>, Record<string, number> | null]> {
  return readReport(await node.run(runtime, { args: python('escapes.py') }, profile)) as any;
}

async function errnos(runtime: OciRuntimeName, calls: readonly Call[], profile?: SeccompProfile): Promise<number[]> {
  return readReport(await node.run(runtime, { args: [...python('calls.py'), JSON.stringify(calls)] }, profile)) as number[];
}

const OTHER_NAMESPACES = ['mnt', 'cgroup', 'uts', 'ipc', 'pid', 'net'];
const CLONES = ['clone user', ...OTHER_NAMESPACES.map(name => `clone user ${name}`), 'clone user, garbage above', 'mount by clone'];
const CLONE3S = ['clone3 user', 'clone3 user mnt', 'mount by clone3'];
const each = (names: readonly string[], errno: number) => Object.fromEntries(names.map(name => [name, errno]));

/** The kernel's own answers. An errno that is not 0 tells that it looked at the arguments: nothing but them is in the way. */
const UNCONFINED = {
  ...each([...CLONES, ...CLONE3S], 0),
  ...each(OTHER_NAMESPACES.map(name => `clone ${name}`), EINVAL),
  ...each(['unshare', 'pidfd_getfd', 'kcmp', 'add_key', 'keyctl', 'userfaultfd', 'io_uring_setup'], 0),
  setns: EBADF,
  process_madvise: EINVAL,
  request_key: ENOKEY,
  io_uring_enter: EBADF,
  io_uring_register: EBADF,
  quotactl_fd: EBADF,
  perf_event_open: EINVAL,
  bpf: E2BIG,
};
const REFERENCE = { ...UNCONFINED, ...each(['unshare', 'setns', 'perf_event_open', 'bpf'], EPERM) };
const HARDENED = { ...each(Object.keys(UNCONFINED), EPERM), ...each(CLONE3S, ENOSYS) };

/** The same in a user namespace, where only seccomp can answer EPERM. */
const MOUNTS = { fsopen: 0, fsconfig: EINVAL, fsmount: EBADF, fspick: EBADF, move_mount: EBADF, open_tree: 0, open_tree_attr: 0, mount_setattr: 0 };

describe.each(OCI_RUNTIMES)('%s', runtime => {
  test('escapes without a profile, and under the reference', async () => {
    expect(await escapes(runtime)).toStrictEqual([UNCONFINED, MOUNTS]);
    expect(await escapes(runtime, MindieProfile.reference())).toStrictEqual([REFERENCE, MOUNTS]);
  });

  test('fails to escape under hardened', async () => {
    expect(await escapes(runtime, MindieProfile.hardened())).toStrictEqual([HARDENED, null]);
  });

  test('fails to mount in a user namespace when namespaces are allowed, but for a call that libseccomp does not know', async () => {
    const mounts = { ...each(Object.keys(MOUNTS), EPERM), ...(knows('open_tree_attr') ? {} : { open_tree_attr: MOUNTS.open_tree_attr }) };
    const [outside, inside] = await escapes(runtime, MindieProfile.hardened({ allow: [HardeningGroup.NAMESPACES] }));
    expect(inside).toStrictEqual(mounts);
    expect(outside).toMatchObject({ 'clone user': 0, 'mount by clone': EPERM, 'mount by clone3': EPERM });
  });

  test('sets the clock by the calls for 64-bit time only as far as hardened lets it', async () => {
    const calls: Call[] = ['clock_settime64', 'clock_adjtime64'].map(name => ['int 0x80', numberOf('SCMP_ARCH_X86', name)!, 0, 1]);
    expect(await errnos(runtime, calls)).toStrictEqual([EFAULT, EFAULT]);
    expect(await errnos(runtime, calls, MindieProfile.reference())).toStrictEqual([EFAULT, EFAULT]);
    expect(await errnos(runtime, calls, MindieProfile.hardened())).toStrictEqual([EPERM, EPERM]);
  });

  test.each([
    ['hardened', MindieProfile.hardened()],
    ['debugging', MindieProfile.debugging()],
  ])('answers each call on each ABI as decide says of %s', async (_, profile) => {
    const marked = withMarkedErrnos(profile);
    const { X86_64, X86, X32 } = SeccompArchitecture;
    const queries = [X86_64, X86, X32].flatMap(architecture => queriesOf(profile, architecture));
    const expected = queries.map(query => marked.forNode(NodeArchitecture.AMD64).decide({ ...query, node: NodeArchitecture.AMD64 }).errno);
    const actual = await errnos(runtime, queries.map(toCall), marked);
    const told = (answers: (number | undefined)[]) => queries.map(({ architecture, syscall, args }, at) => `${architecture} ${syscall} ${args}: ${answers[at]}`);
    expect(told(actual)).toStrictEqual(told(expected));
    expect(new Set(expected)).toStrictEqual(new Set([MARK + EPERM, MARK + ENOSYS]));
    expect(expected.length).toBeGreaterThan(170);
  });
});

const knows = (name: string) => knownTo(LIBSECCOMP, name, 'SCMP_ARCH_X86_64');

/** No kernel answers so: whoever gets such an errno got it from the filter. */
const MARK = 1000;

function withMarkedErrnos(profile: SeccompProfile): SeccompProfile {
  return SeccompProfile.fromJson(profile.toJson().replace(/"errnoRet": (\d+)/g, (_, errno) => `"errnoRet": ${MARK + Number(errno)}`));
}

interface Query {
  readonly architecture: SeccompArchitecture;
  readonly syscall: string;
  readonly args: number[];
}

/** Each call that the profile denies and this libseccomp knows, with arguments for which it is denied. */
function queriesOf(profile: SeccompProfile, architecture: SeccompArchitecture): Query[] {
  const rules: { names: string[]; args?: { value: number }[] }[] = JSON.parse(profile.toJson()).syscalls;
  return rules.flatMap(({ names, args = [] }) => names
    .filter(syscall => knownTo(LIBSECCOMP, syscall, architecture.value))
    .map(syscall => ({ architecture, syscall, args: args.map(({ value }) => value) })));
}

function toCall({ architecture, syscall, args }: Query): Call {
  return [architecture === SeccompArchitecture.X86 ? 'int 0x80' : 'syscall', numberOf(architecture.value, syscall)!, ...args];
}
