import { readFileSync } from 'fs';
import { MindieProfile, NodeArchitecture, SeccompProfile } from '../../../src';
import { readJson } from '../../../src/private/json';
import { ArgumentCondition, DocumentRule, OPERATORS, ProfileDocument } from '../../../src/profile/document/document';
import { parseDocument } from '../../../src/profile/document/parse';

const HIGH = 2n ** 32n;
const NEWUSER = 0x10000000n;

export const arg = (index: number, op: string, value: bigint, valueTwo?: bigint): ArgumentCondition =>
  ({ index, value, ...(valueTwo === undefined ? {} : { valueTwo }), op: `SCMP_CMP_${op}` });

const rule = (names: string | string[], action: string, args?: ArgumentCondition[], errnoRet?: number): DocumentRule =>
  ({ names: [names].flat(), action: `SCMP_ACT_${action}`, ...(errnoRet === undefined ? {} : { errnoRet }), ...(args ? { args } : {}) });

const errno = (names: string | string[], ...args: ArgumentCondition[]): DocumentRule => rule(names, 'ERRNO', args);

const denylist = (...syscalls: DocumentRule[]): ProfileDocument => ({ defaultAction: 'SCMP_ACT_ALLOW', syscalls });
const allowlist = (...syscalls: DocumentRule[]): ProfileDocument => ({ defaultAction: 'SCMP_ACT_ERRNO', syscalls });

/** Enough of a real allowlist to be one: every program needs most of these, and some of them are multiplexed or not everywhere. */
const COMMON = [
  'accept', 'accept4', 'access', 'arch_prctl', 'bind', 'brk', 'capget', 'capset', 'chdir', 'clock_gettime', 'clock_gettime64', 'close', 'connect',
  'dup', 'dup2', 'epoll_wait', 'execve', 'exit', 'exit_group', 'faccessat', 'fcntl', 'fcntl64', 'fstat', 'fstat64', 'futex', 'futex_time64', 'getdents64',
  'getpid', 'getsockopt', 'ioctl', 'listen', 'lseek', '_llseek', 'mmap', 'mmap2', 'mprotect', 'munmap', 'msgget', 'newfstatat', 'openat', 'open', 'pipe2',
  'poll', 'ppoll', 'prctl', 'read', 'recv', 'recvfrom', 'rt_sigaction', 'rt_sigreturn', 'semget', 'semop', 'semtimedop', 'sendto', 'set_tid_address',
  'setsockopt', 'setuid', 'setuid32', 'shmat', 'shmctl', 'shmget', 'sigreturn', 'socketpair', 'statx', 'uname', 'wait4', 'write', 'no_such_call',
];

const FLAGS = [0x80n, 0x20000n, 0x2000000n, 0x4000000n, 0x8000000n, NEWUSER, 0x20000000n, 0x40000000n];

/** What real profiles are made of: each has a meaning for every call. */
export const PROFILES: Readonly<Record<string, ProfileDocument>> = {
  'reference denylist': documentOf(MindieProfile.reference()),
  'hardened': documentOf(MindieProfile.hardened()),
  'debugging': documentOf(MindieProfile.debugging()),
  'allowlist': allowlist(rule(COMMON, 'ALLOW')),
  'allowlist with defaultErrnoRet': { ...allowlist(rule([...COMMON, 'faccessat2'], 'ALLOW'), rule('clone3', 'ERRNO', [], 38)), defaultErrnoRet: 38 },
  'allowlist that names faccessat2 and not clone3': allowlist(rule([...COMMON, 'faccessat2', 'clone'], 'ALLOW')),
  'allowlist with conditions': allowlist(
    rule(COMMON, 'ALLOW'),
    rule('clone', 'ALLOW', [arg(0, 'MASKED_EQ', 0x7e020000n, 0n)]),
    rule('socket', 'ALLOW', [arg(0, 'NE', 40n)]),
    ...[0n, 8n, 0x20000n, 0x20008n, 0xffffffffn].map(value => rule('personality', 'ALLOW', [arg(0, 'EQ', value)])),
    rule('clone3', 'ERRNO', [], 38),
  ),
  'denylist of clone flags, one rule per bit': denylist(
    ...FLAGS.map(bit => errno(['clone', 'unshare'], arg(0, 'MASKED_EQ', bit, bit))),
    rule('clone3', 'ERRNO', [], 38),
  ),
  'fatal allowlist': { defaultAction: 'SCMP_ACT_KILL_PROCESS', syscalls: [rule(COMMON, 'ALLOW'), rule('ptrace', 'TRAP'), rule('mount', 'LOG')] },
};

/** The default profile of Podman and CRI-O, expanded for containers without any capability and with the usual ones. */
export const CONTAINERS_COMMON: Readonly<Record<string, ProfileDocument>> = Object.fromEntries([[], undefined].map(capabilities => [
  `containers-common with ${capabilities ? 'no' : 'the default'} capabilities`,
  documentOf(SeccompProfile.fromDockerFormat(readFileSync('/usr/share/containers/seccomp.json', 'utf8'), { node: NodeArchitecture.AMD64, capabilities })),
]));

/** One for each thing that a runtime and libseccomp do with rules. */
export const SEMANTICS: Readonly<Record<string, ProfileDocument>> = {
  'first unconditional rule wins over the next': denylist(errno('personality'), rule('personality', 'KILL_PROCESS')),
  'unconditional rule wins over conditional ones before it': denylist(rule('prctl', 'KILL_PROCESS', [arg(0, 'EQ', 38n)]), errno('prctl')),
  'unconditional rule wins over conditional ones after it': denylist(errno('prctl'), rule('prctl', 'KILL_PROCESS', [arg(0, 'EQ', 38n)])),
  'rule that repeats the default action is skipped': denylist(rule('prctl', 'ALLOW'), errno('prctl', arg(0, 'EQ', 38n))),
  'one index twice is an OR': denylist(errno('ioctl', arg(1, 'EQ', 0x5412n), arg(1, 'EQ', 0x541cn))),
  'one index twice loosens every condition of the rule': denylist(errno('ioctl', arg(0, 'EQ', 3n), arg(1, 'EQ', 0x5412n), arg(1, 'EQ', 0x541cn))),
  'different indexes are an AND': denylist(errno('ioctl', arg(0, 'EQ', 3n), arg(1, 'EQ', 0x5412n), arg(2, 'EQ', HIGH + 1n))),
  'equal conditions with one action': denylist(errno('personality', arg(0, 'EQ', 8n)), errno('personality', arg(0, 'EQ', 8n))),
  'valueTwo with bits outside of the mask': denylist(errno('personality', arg(0, 'MASKED_EQ', 0xffn, 0x1234n), arg(1, 'MASKED_EQ', HIGH, HIGH + 5n))),
  'empty mask': denylist(errno('personality', arg(0, 'MASKED_EQ', 0n, 7n))),
  'full mask': denylist(errno('personality', arg(0, 'MASKED_EQ', 2n ** 64n - 1n, HIGH + 7n))),
  'EQ and NE with high words': denylist(errno('lseek', arg(1, 'EQ', HIGH + 1n)), errno('prctl', arg(0, 'NE', 5n * HIGH + 1n)), errno('ioctl', arg(0, 'NE', 0n))),
  'NE of two values is always true': denylist(errno('prctl', arg(0, 'NE', 1n)), errno('prctl', arg(0, 'NE', 2n))),
  'values in different words': denylist(errno('personality', arg(0, 'EQ', HIGH + 8n)), errno('personality', arg(0, 'EQ', 9n))),
  'values that are equal in their low words': denylist(errno('personality', arg(0, 'EQ', HIGH + 8n)), errno('personality', arg(0, 'EQ', 8n))),
  'several conditions of EQ and MASKED_EQ in several rules': denylist(
    errno('prctl', arg(0, 'EQ', 38n), arg(1, 'EQ', 1n)),
    errno('prctl', arg(0, 'EQ', 38n), arg(2, 'MASKED_EQ', 4n, 4n)),
    errno('prctl', arg(1, 'EQ', 7n), arg(3, 'EQ', 1n)),
  ),
  'multiplexed calls': denylist(errno(['socket', 'accept4', 'semop', 'shmctl', 'msgget'])),
  'multiplexed calls with conditions': denylist(
    errno('connect', arg(1, 'EQ', 0x10n)), errno('shmget', arg(1, 'EQ', HIGH + 4n), arg(2, 'MASKED_EQ', 0x200n, 0x200n)),
  ),
  'multiplexed calls with a condition on argument 0': denylist(errno('socket', arg(0, 'EQ', 16n)), errno('semget', arg(0, 'EQ', 3n))),
  'multiplexed call with an inequality': denylist(errno('socket', arg(0, 'GT', 16n))),
  'multiplexers themselves': denylist(errno('socketcall'), rule('ipc', 'TRAP')),
  'multiplexers themselves, and through them': denylist(errno(['socket', 'bind', 'socketcall']), errno(['semget', 'ipc'])),
  'multiplexers with a condition of their own': denylist(errno('socketcall', arg(0, 'EQ', 5n)), errno('ipc', arg(0, 'EQ', 21n)), errno(['socket', 'semget'])),
  'KILL as the default and KILL_THREAD as a rule': { defaultAction: 'SCMP_ACT_KILL', syscalls: [rule('prctl', 'KILL_THREAD'), rule('getpid', 'ALLOW')] },
  'every action': denylist(
    rule('prctl', 'TRACE', [], 7), rule('getpid', 'LOG'), rule('getppid', 'TRAP'), rule('ptrace', 'KILL_PROCESS'), rule('personality', 'KILL_THREAD'),
    rule('unshare', 'TRACE'), rule('setns', 'KILL'), errno('mount'),
  ),
  'every errno': denylist(
    rule('prctl', 'ERRNO', [], 0), rule('getpid', 'ERRNO', [], 4094), rule('getppid', 'ERRNO', [], 65574), rule('ptrace', 'TRACE', [], 65535),
  ),
  'default TRACE': { defaultAction: 'SCMP_ACT_TRACE', defaultErrnoRet: 9, syscalls: [rule('prctl', 'TRACE', [], 9), rule('getpid', 'TRACE', [], 8)] },
  'default LOG': { defaultAction: 'SCMP_ACT_LOG', syscalls: [rule('prctl', 'ALLOW', [arg(0, 'LE', HIGH - 1n)])] },
  'default TRAP': { defaultAction: 'SCMP_ACT_TRAP', syscalls: [rule('prctl', 'ALLOW', [arg(0, 'GE', 0n)])] },
  'no rules': { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 0 },
  ...Object.fromEntries(OPERATORS.flatMap(op => [7n, HIGH - 1n, 3n * HIGH + 7n].map(value => {
    const condition = { ...arg(0, 'EQ', value, value), op };
    return [`${op} ${value}`, denylist(errno('personality', condition), errno('clone', condition, { ...condition, index: 2 }))];
  }))),
};

/** What libseccomp refuses, on every machine. */
export const REFUSED: Readonly<Record<string, ProfileDocument>> = {
  'reference denylist as it stands': JSON.parse(MindieProfile.reference().toJson()),
  'default errno of 4095': { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 4095 },
  'errno of 4095': denylist(rule('prctl', 'ERRNO', [], 4095)),
  'errno of 65535': denylist(rule('prctl', 'ERRNO', [], 65535)),
  'equal conditions with different actions': denylist(errno('personality', arg(0, 'EQ', 8n)), rule('personality', 'TRAP', [arg(0, 'EQ', 8n)])),
};

/** Without its architectures: each machine puts its own in their place. */
function documentOf(profile: SeccompProfile): ProfileDocument {
  const { architectures: _, ...document } = parseDocument(readJson(profile.toJson()));
  return document;
}
