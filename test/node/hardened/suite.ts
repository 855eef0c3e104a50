import { HardeningGroup, MindieProfile, NodeArchitecture, SeccompProfile } from '../../../src';
import { allNames, numberOf } from '../../../src/syscalls/numbers';
import { Program } from '../runtimes/oci-node';
import { OciRuntimeName } from '../runtimes/oci-runtime';
import { ProcessResult } from '../runtimes/processes';
import { python } from '../runtimes/runtimes';
import { ENOSYS, EPERM, readReport } from '../runtimes/syscall-report';

const [EBADF, EINVAL, ENOKEY, E2BIG] = [9, 22, 126, 7];

type Errnos = Readonly<Record<string, number>>;

const OTHER_NAMESPACES = ['mnt', 'cgroup', 'uts', 'ipc', 'pid', 'net'];
const CLONES = ['clone user', ...OTHER_NAMESPACES.map(name => `clone user ${name}`), 'clone user, garbage above', 'mount by clone'];
const CLONE3S = ['clone3 user', 'clone3 user mnt', 'mount by clone3'];
const each = (names: readonly string[], errno: number): Errnos => Object.fromEntries(names.map(name => [name, errno]));

/** The kernel's own answers. An errno that is not 0 tells that it looked at the arguments: nothing but them is in the way. */
const UNCONFINED: Errnos = {
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

/** The same in a user namespace, where only seccomp can answer EPERM. */
const MOUNTS: Errnos = {
  fsopen: 0, fsconfig: EINVAL, fsmount: EBADF, fspick: EBADF, move_mount: EBADF, open_tree: 0, open_tree_attr: 0, mount_setattr: 0,
};

/** What else a kernel may answer by itself: it can be told to keep bpf from users, and may be too old for a call. */
const OTHERWISE: Readonly<Record<string, readonly number[]>> = { bpf: [EPERM], open_tree_attr: [ENOSYS] };

const PROFILE_ANSWERS = {
  reference: each(['unshare', 'setns', 'perf_event_open', 'bpf'], EPERM),
  hardened: { ...each(Object.keys(UNCONFINED), EPERM), ...each(CLONE3S, ENOSYS) },
};

export interface EscapeNode {
  run(name: OciRuntimeName, program: Program, profile?: SeccompProfile): Promise<ProcessResult>;
}

/** Tests that programs escape without a profile and do not under hardened. */
export function testEscapes(node: () => EscapeNode, runtime: OciRuntimeName, kind: NodeArchitecture): void {
  const numbers = Object.fromEntries(allNames().map(name => [name, numberOf(kind.architectures[0].value, name)]));
  const escapes = async (profile?: SeccompProfile) =>
    readReport(await node().run(runtime, { args: [...python('escapes.py'), JSON.stringify(numbers)] }, profile)) as unknown as
      readonly [Errnos, Errnos | null];

  test('escapes without a profile, and under the reference', async () => {
    const [outside, inside] = await escapes();
    expect([unlike(outside, UNCONFINED), unlike(inside!, MOUNTS)]).toStrictEqual([{}, {}]);
    expect(await escapes(MindieProfile.reference())).toStrictEqual([{ ...outside, ...PROFILE_ANSWERS.reference }, inside]);
  });

  test('fails to escape under hardened', async () => {
    expect(await escapes(MindieProfile.hardened())).toStrictEqual([PROFILE_ANSWERS.hardened, null]);
  });

  test('fails to mount in a user namespace when namespaces are allowed, but for a call that libseccomp does not know', async () => {
    const [, own] = await escapes();
    const [outside, inside] = await escapes(MindieProfile.hardened({ allow: [HardeningGroup.NAMESPACES] }));
    const { open_tree_attr: newest, ...known } = inside!;
    expect(known).toStrictEqual(each(Object.keys(MOUNTS).filter(name => name !== 'open_tree_attr'), EPERM));
    expect([EPERM, own!.open_tree_attr]).toContain(newest);
    expect(outside).toMatchObject({ 'clone user': 0, 'mount by clone': EPERM, 'mount by clone3': EPERM });
  });
}

/** Answers that no kernel gives by itself. */
function unlike(answers: Errnos, expected: Errnos): Record<string, number | undefined> {
  const names = [...new Set([...Object.keys(answers), ...Object.keys(expected)])];
  const strange = names.filter(name => answers[name] !== expected[name] && !OTHERWISE[name]?.includes(answers[name]));
  return Object.fromEntries(strange.map(name => [name, answers[name]]));
}
