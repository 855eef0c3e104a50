import { MindieProfile, NodeArchitecture, SeccompProfile } from '../../../src';
import { allNames, numberOf } from '../../../src/syscalls/numbers';

const EPERM = 1;
const ENOSYS = 38;
const CLONE_THREAD = 0x10000;
const CLONE_ARGS_SIZE = 88;
const GLIBC_FLAGS = 0x3d0f00;
const MUSL_FLAGS = 0x7d0f00;
const NAMESPACE_FLAGS = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000];

const fail = (name: string, errnoRet: number, ...args: object[]) => ({ names: [name], action: 'SCMP_ACT_ERRNO', errnoRet, args });
const act = (name: string, action: string) => ({ names: [name], action });
const equal = (index: number, value: number) => ({ index, value, op: 'SCMP_CMP_EQ' });

/** Makes profiles for a kind of node. */
function factory(node: NodeArchitecture) {
  const architectures = node.architectures.map(String);
  const native = architectures[0];
  const rseq = numberOf(native, 'rseq')!;
  return {
    denylist: (...syscalls: object[]) => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures, syscalls }),
    /** Allows every call up to rseq, by numbers, and some later ones. */
    allowlistUpToRseq: (...later: string[]) => {
      const names = allNames().filter(name => (numberOf(native, name) ?? Infinity) <= rseq || later.includes(name));
      return SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ERRNO', architectures, syscalls: [{ names, action: 'SCMP_ACT_ALLOW' }] });
    },
    /** Which argument of clone has its flags. */
    flags: node === NodeArchitecture.S390X ? 1 : 0,
  };
}

/** Profiles that start threads differ in; what each does is for `threads` to say. */
export function threadProfiles(node: NodeArchitecture): Readonly<Record<string, SeccompProfile>> {
  const { denylist, allowlistUpToRseq, flags } = factory(node);
  const has = (flag: number) => ({ index: flags, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' });
  return {
    'reference': MindieProfile.reference().forNode(node),
    'clone3 EPERM': denylist(fail('clone3', EPERM)),
    'clone3 ENOSYS': denylist(fail('clone3', ENOSYS)),
    'clone3 ENOSYS, clone EPERM': denylist(fail('clone3', ENOSYS), fail('clone', EPERM)),
    'clone3 ENOSYS, clone ENOSYS': denylist(fail('clone3', ENOSYS), fail('clone', ENOSYS)),
    'clone3 ENOSYS, clone EPERM for namespaces': denylist(fail('clone3', ENOSYS), ...NAMESPACE_FLAGS.map(flag => fail('clone', EPERM, has(flag)))),
    'clone3 ENOSYS, clone EPERM for threads': denylist(fail('clone3', ENOSYS), fail('clone', EPERM, has(CLONE_THREAD))),
    'clone3 ENOSYS, clone EPERM for the flags of glibc': denylist(fail('clone3', ENOSYS), fail('clone', EPERM, equal(flags, GLIBC_FLAGS))),
    'clone3 ENOSYS, clone EPERM for the flags of musl': denylist(fail('clone3', ENOSYS), fail('clone', EPERM, equal(flags, MUSL_FLAGS))),
    'clone3 EPERM for its size': denylist(fail('clone3', EPERM, equal(1, CLONE_ARGS_SIZE))),
    'clone3 EPERM for another size': denylist(fail('clone3', EPERM, equal(1, CLONE_ARGS_SIZE - 8))),
    'clone3 KILL_PROCESS': denylist(act('clone3', 'SCMP_ACT_KILL_PROCESS')),
    'clone3 KILL_THREAD': denylist(act('clone3', 'SCMP_ACT_KILL_THREAD')),
    'clone3 TRAP': denylist(act('clone3', 'SCMP_ACT_TRAP')),
    'clone3 TRACE': denylist(act('clone3', 'SCMP_ACT_TRACE')),
    'clone3 LOG': denylist(act('clone3', 'SCMP_ACT_LOG')),
    'clone KILL_PROCESS': denylist(act('clone', 'SCMP_ACT_KILL_PROCESS')),
    'clone3 EAGAIN': denylist(fail('clone3', 11)),
    'allowlist up to rseq': allowlistUpToRseq(),
    'allowlist up to rseq, and faccessat2': allowlistUpToRseq('faccessat2'),
    'allowlist up to rseq, and clone3': allowlistUpToRseq('clone3'),
  };
}

/** Profiles under which a C library takes the thread that calls for the one that it calls for. */
export function undoneProfiles(node: NodeArchitecture): Readonly<Record<string, SeccompProfile>> {
  const { denylist } = factory(node);
  return {
    'clone3 errno 0': denylist(fail('clone3', 0), fail('clone', 0)),
    'clone3 ENOSYS, clone errno 0': denylist(fail('clone3', ENOSYS), fail('clone', 0)),
  };
}
