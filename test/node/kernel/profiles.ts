import { readFileSync } from 'fs';
import { MindieProfile, NodeArchitecture, SeccompProfile } from '../../../src';
import { allNames } from '../../../src/syscalls/numbers';

/** What runc and crun call between loading the filter and handing over to the program. */
const RUNTIME_NEEDS = [
  'capget', 'capset', 'close', 'epoll_ctl', 'epoll_pwait', 'execve', 'exit_group', 'fchdir', 'fcntl', 'fstat', 'fstatfs', 'futex', 'getdents64',
  'getpid', 'getppid', 'gettid', 'madvise', 'mmap', 'munmap', 'nanosleep', 'newfstatat', 'openat', 'prctl', 'read', 'readlinkat', 'rt_sigaction',
  'rt_sigprocmask', 'rt_sigreturn', 'sched_yield', 'setgid', 'setgroups', 'setuid', 'sigaltstack', 'statx', 'tgkill', 'write',
];

/** What test/node/probes/calls.c calls itself: mmap2 is what 32-bit ARM has. */
const PROBE_NEEDS = ['clone', 'execve', 'exit_group', 'mmap', 'mmap2', 'setitimer', 'wait4', 'write'];

interface Rule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly object[];
}

interface Document {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  readonly architectures?: readonly string[];
  readonly syscalls: readonly Rule[];
}

const [ALLOW, ERRNO, KILL_THREAD, KILL_PROCESS, TRAP, TRACE, LOG] = ['ALLOW', 'ERRNO', 'KILL_THREAD', 'KILL_PROCESS', 'TRAP', 'TRACE', 'LOG']
  .map(action => `SCMP_ACT_${action}`);

const equal = (index: number, value: number) => ({ index, value, op: 'SCMP_CMP_EQ' });
const masked = (index: number, value: number, valueTwo = value) => ({ index, value, valueTwo, op: 'SCMP_CMP_MASKED_EQ' });
const NAMESPACE_FLAGS = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000];

const marking = { names: ['getuid', 'clone3', 'mount'], action: ERRNO, errnoRet: 1000 };

/** What is compared with the kernel of a kind of node; a new profile of the library belongs here too. */
export function profilesFor(node: NodeArchitecture, kernelVersion: string): Readonly<Record<string, SeccompProfile>> {
  const architectures = node.architectures.map(String);
  const profile = (document: Document) => SeccompProfile.fromJson({ architectures, ...document });
  const denylist = (...syscalls: Rule[]) => profile({ defaultAction: ALLOW, syscalls });
  const allowlist = (names: readonly string[], rest: Partial<Document> = {}) =>
    profile({ defaultAction: ERRNO, syscalls: [{ names: [...RUNTIME_NEEDS, ...PROBE_NEEDS, ...names], action: ALLOW }], ...rest });
  const without = (left: string): [string, SeccompProfile] =>
    [`denylist without ${left}`, profile({ defaultAction: ALLOW, architectures: architectures.filter(name => name !== left), syscalls: [marking] })];
  const cloneFlags = node === NodeArchitecture.S390X ? 1 : 0;
  const [reference, hardened] = [MindieProfile.reference(), MindieProfile.hardened()].map(each => each.forNode(node));
  return {
    reference,
    'reference, marked': marked(reference),
    hardened,
    'hardened, marked': marked(hardened),
    'containers-common default': SeccompProfile.fromDockerFormat(readFileSync('/usr/share/containers/seccomp.json', 'utf8'), {
      node, capabilities: [], kernelVersion,
    }),
    'one errno per name': denylist(...oneErrnoPerName()),
    'allowlist': allowlist([]),
    'allowlist, default ENOSYS': allowlist([], { defaultErrnoRet: 38 }),
    'allowlist, default 1000': allowlist([], { defaultErrnoRet: 1000 }),
    'allowlist up to faccessat2': allowlist(['faccessat2', 'getpgrp', 'getuid']),
    'allowlist up to rseq': allowlist(['rseq', 'getpgrp', 'getuid']),
    'allowlist, default KILL_PROCESS': allowlist(['close_range'], { defaultAction: KILL_PROCESS }),
    'allowlist of names that i386 multiplexes last': allowlist(['msgctl']),
    'allowlist for the native architecture alone': allowlist(['rseq'], { architectures: undefined }),
    'denylist, default LOG': profile({ defaultAction: LOG, syscalls: [marking] }),
    ...Object.fromEntries(architectures.slice(1).map(without)),
    'every action': denylist(
      { names: ['getuid'], action: ERRNO, errnoRet: 0 },
      { names: ['getgid'], action: ERRNO, errnoRet: 4094 },
      { names: ['geteuid'], action: KILL_THREAD },
      { names: ['getegid'], action: KILL_PROCESS },
      { names: ['getsid'], action: TRAP },
      { names: ['getpgid'], action: TRACE },
      { names: ['getppid'], action: LOG },
    ),
    'rules with conditions': denylist(
      ...NAMESPACE_FLAGS.map(flag => ({ names: ['clone'], action: ERRNO, errnoRet: 1000, args: [masked(cloneFlags, flag)] })),
      { names: ['clone3'], action: ERRNO, errnoRet: 38 },
      { names: ['personality'], action: ERRNO, errnoRet: 1001, args: [equal(0, 8)] },
      { names: ['personality'], action: ERRNO, errnoRet: 1002, args: [masked(0, 0xffffffff, 0x20000)] },
      { names: ['socket'], action: ERRNO, errnoRet: 1003, args: [equal(0, 40)] },
      { names: ['socket'], action: ERRNO, errnoRet: 1003, args: [masked(0, 0xffffffff, 38), equal(1, 1)] },
    ),
  };
}

/** With errnos that no kernel answers by itself, so that it can be seen who refused. */
function marked(original: SeccompProfile): SeccompProfile {
  const { syscalls, ...document } = JSON.parse(original.toJson());
  const mark = (rule: Rule, index: number) => rule.action === ERRNO ? { ...rule, errnoRet: 1000 + index } : rule;
  return SeccompProfile.fromJson({ ...document, syscalls: syscalls.map(mark) });
}

/** Every name that libseccomp knows, each with an errno of its own, but for those that a container cannot start without. */
function oneErrnoPerName(): Rule[] {
  const needed = [...RUNTIME_NEEDS, ...PROBE_NEEDS];
  const others = allNames().filter(name => !needed.includes(name));
  return others.map((name, index) => ({ names: [name], action: ERRNO, errnoRet: 1000 + index }));
}
