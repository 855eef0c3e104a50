import { readFileSync } from 'fs';
import { interpret } from './audit/auparse';
import { namedCalls, recorded, recordsIn } from './audit/kernel-log';
import { OCI_RUNTIMES, OciNode, OciRuntimeName } from './runtimes/oci-node';
import { NodeArchitecture, SeccompProfile } from '../../src';
import { ABIS } from '../../src/syscalls/abis';
import { nameOf, numberOf } from '../../src/syscalls/numbers';
import { adviceOn } from '../../src/troubleshooting/audit/advice';
import { AuditFields, auditFields } from '../../src/troubleshooting/audit/line';
import { auditedCall, auditTime } from '../../src/troubleshooting/audit/record';
import { execute } from '../cli/scenario';

let node: OciNode;

beforeAll(async () => {
  node = await OciNode.start();
});

afterAll(async () => node.stop());

/** Calls that neither a runtime nor Python makes. */
const [LOGGED, FAILED, KILLED] = ['getpriority', 'setpriority', 'swapon'];
const X86_64 = (name: string) => ['syscall', numberOf('SCMP_ARCH_X86_64', name)];
const X86 = (name: string) => ['int 0x80', numberOf('SCMP_ARCH_X86', name)];
const X32 = (name: string) => ['syscall', numberOf('SCMP_ARCH_X32', name)];

function profileOf(rules: Readonly<Record<string, object>>, flags?: string[]): SeccompProfile {
  return SeccompProfile.fromJson({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: NodeArchitecture.AMD64.architectures.map(String),
    flags,
    syscalls: Object.entries(rules).map(([name, answer]) => ({ names: [name], ...answer })),
  });
}

async function recordsOf(runtime: OciRuntimeName, count: number, calls: readonly unknown[], profile: SeccompProfile) {
  const lines = await recorded(count, name => node.run(runtime, { args: namedCalls(name, calls) }, profile));
  return { lines, told: recordsIn(lines).map(({ architecture, name, action, signal }) => [String(architecture), name, String(action), signal]) };
}

test('finds a kernel that records', () => {
  expect(readFileSync('/proc/sys/kernel/seccomp/actions_logged', 'utf8').split(/\s+/)).toEqual(expect.arrayContaining(['kill_process', 'errno', 'log']));
});

describe.each(OCI_RUNTIMES)('%s', runtime => {
  test('has calls of every ABI recorded, with the action and the thread name', async () => {
    const profile = profileOf({ [LOGGED]: { action: 'SCMP_ACT_LOG' }, [KILLED]: { action: 'SCMP_ACT_KILL_PROCESS' }, [FAILED]: { action: 'SCMP_ACT_KILL' } });
    const calls = [X86_64(LOGGED), X86(LOGGED), X32(LOGGED), X86_64(KILLED), X86(FAILED)];
    const { lines, told } = await recordsOf(runtime, 5, calls, profile);
    expect(told).toStrictEqual([
      ['SCMP_ARCH_X86_64', LOGGED, 'SCMP_ACT_LOG', 0],
      ['SCMP_ARCH_X86', LOGGED, 'SCMP_ACT_LOG', 0],
      ['SCMP_ARCH_X32', LOGGED, 'SCMP_ACT_LOG', 0],
      ['SCMP_ARCH_X86_64', KILLED, 'SCMP_ACT_KILL_PROCESS', 31],
      ['SCMP_ARCH_X86', FAILED, 'SCMP_ACT_KILL_THREAD', 31],
    ]);
    expect(recordsIn(lines).map(({ exe }) => exe)).toStrictEqual(calls.map(() => expect.stringMatching(/^\/usr\/bin\/python3\.\d+$/)));
    expect(recordsIn(lines).map(call => adviceOn(call, profile)?.agreement)).toStrictEqual(calls.map(() => 'yes'));
  });

  test('fails to have an ERRNO recorded without the flag: silence proves nothing', async () => {
    const profile = profileOf({ [FAILED]: { action: 'SCMP_ACT_ERRNO' }, [LOGGED]: { action: 'SCMP_ACT_LOG' } });
    const { told } = await recordsOf(runtime, 1, [X86_64(FAILED), X86_64(LOGGED)], profile);
    expect(told).toStrictEqual([['SCMP_ARCH_X86_64', LOGGED, 'SCMP_ACT_LOG', 0]]);
  });
});

test('has an ERRNO recorded with the flag, its errno left out of the code', async () => {
  const profile = profileOf({ [FAILED]: { action: 'SCMP_ACT_ERRNO', errnoRet: 38 }, [LOGGED]: { action: 'SCMP_ACT_TRAP' } }, ['SECCOMP_FILTER_FLAG_LOG']);
  const { lines, told } = await recordsOf('crun', 2, [X86_64(FAILED), X86_64(LOGGED)], profile);
  expect(told).toStrictEqual([
    ['SCMP_ARCH_X86_64', FAILED, 'SCMP_ACT_ERRNO', 0],
    ['SCMP_ARCH_X86_64', LOGGED, 'SCMP_ACT_TRAP', 0],
  ]);
  expect(lines[0]).toMatch(/ code=0x50000$/);
});

test('tells the command who was denied what, from the log as dmesg prints it', async () => {
  const profile = profileOf({ [KILLED]: { action: 'SCMP_ACT_KILL_PROCESS' } });
  const { lines } = await recordsOf('crun', 1, [X86_64(KILLED)], profile);
  const { status, stdout } = execute(['audit', '-', '--format', 'json'], '/', { stdin: () => `${lines.join('\n')}\n` });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ records: 1, denied: 1, calls: [{ syscall: KILLED, architecture: 'SCMP_ARCH_X86_64', comm: expect.stringContaining('"') }] });
});

/** What libauparse calls the tables that it has. For another one it takes that of this machine. */
const TABLES: Readonly<Record<string, string>> = {
  SCMP_ARCH_X86: 'i386',
  SCMP_ARCH_X86_64: 'x86_64',
  SCMP_ARCH_ARM: 'armeb',
  SCMP_ARCH_AARCH64: 'aarch64',
  SCMP_ARCH_PPC: 'ppc',
  SCMP_ARCH_PPC64: 'ppc64',
  SCMP_ARCH_PPC64LE: 'ppc64le',
  SCMP_ARCH_S390: 's390',
  SCMP_ARCH_S390X: 's390x',
};

/** Ours, which is libseccomp's, and theirs. */
const SPELLED_OTHERWISE = [
  '_llseek llseek', '_newselect newselect', '_sysctl sysctl', 'arm_fadvise64_64 fadvise64_64', 'arm_sync_file_range sync_file_range', 'fstat newfstat',
  'getdents64 getdents', 'kexec_load sys_kexec_load', 'newfstatat fstatat64', 'perf_event_open perf_counter_open', 'pread64 pread', 'pwrite64 pwrite',
  'sched_rr_get_interval_time64 sched_rr_get_interval64', 'timerfd_create timerfd',
];
const SHARED_TABLES = ['SCMP_ARCH_ARM', 'SCMP_ARCH_PPC', 'SCMP_ARCH_PPC64', 'SCMP_ARCH_PPC64LE'];

const ACTIONS: readonly (readonly [string, string, RegExp])[] = [
  ['0x80000000', 'SCMP_ACT_KILL_PROCESS', /^kill/],
  ['0x0', 'SCMP_ACT_KILL_THREAD', /^kill/],
  ['0x30000', 'SCMP_ACT_TRAP', /^trap$/],
  ['0x50000', 'SCMP_ACT_ERRNO', /^errno$/],
  ['0x7fc00000', 'SCMP_ACT_NOTIFY', /^user-notify$/],
  ['0x7ff00000', 'SCMP_ACT_TRACE', /^trace$/],
  ['0x7ffc0000', 'SCMP_ACT_LOG', /^log$/],
];

describe('understands what libauparse understands', () => {
  const numbers = [...Array(480).keys()];
  const abis = ABIS.filter(({ name }) => TABLES[name]);
  const cases = abis.flatMap(abi => numbers.map(number => ({ abi, number, answer: ACTIONS[number % ACTIONS.length] })));
  const lines = cases.map(({ abi, number, answer: [code] }) => `type=SECCOMP msg=audit(1795457898.${100 + number}:${number}): auid=4294967295 uid=0 gid=0 `
    + `ses=4294967295 subj=unconfined pid=${number} comm=612062${number % 2 ? '' : '22'} exe="/usr/bin/python3.11" sig=31 `
    + `arch=${abi.auditToken.toString(16)} syscall=${number} compat=0 ip=0x7f code=${code}`);

  test('of everything but the names of calls', async () => {
    const theirs = await interpret(lines);
    const ours = lines.map(line => auditFields(line)[0] as AuditFields);
    const understood = ours.map(fields => {
      const { architecture, action, comm, exe, signal } = auditedCall(fields);
      return { arch: architecture?.value, action: action?.value, comm, exe, signal, time: auditTime(fields.stamp) };
    });
    expect(cases.length).toBe(4320);
    expect(understood)
      .toStrictEqual(cases.map(({ abi, answer }, index) => ({
        arch: abi.name, action: answer[1], comm: theirs[index].comm, exe: theirs[index].exe, signal: 31, time: theirs[index].time,
      })));
    expect(theirs.map(({ arch, sig }) => [arch, sig])).toStrictEqual(cases.map(({ abi }) => [TABLES[abi.name], 'SIGSYS']));
    expect(cases.filter(({ answer }, index) => !answer[2].test(theirs[index].code))).toStrictEqual([]);
  });

  test('of the names of calls, but for how some are spelled', async () => {
    const theirs = await interpret(lines);
    const named = theirs.map(({ syscall }) => syscall.startsWith('unknown-syscall') ? undefined : syscall);
    const both = cases.map(({ abi, number }, index) => ({ abi: abi.name, ours: nameOf(abi.name, number), theirs: named[index] }));
    const unlike = both.filter(each => each.theirs !== undefined && each.theirs !== each.ours);
    const spelled = unlike.filter(({ ours }) => ours !== undefined).map(each => `${each.ours} ${each.theirs}`);
    expect([...new Set(spelled)].sort()).toStrictEqual(SPELLED_OTHERWISE);
    // It has one table for all of POWER, and for ARM that of before EABI.
    expect([...new Set(unlike.filter(({ ours }) => ours === undefined).map(({ abi }) => abi))]).toStrictEqual(SHARED_TABLES);
    expect(both.filter(each => each.theirs === each.ours && each.ours !== undefined).length).toBeGreaterThan(3400);
  });

  test('of what it prints in words itself', async () => {
    const theirs = await interpret(lines);
    const printed = theirs.map(({ arch, syscall, code, sig, comm, exe }, index) =>
      `type=SECCOMP msg=audit(11/23/2026 18:18:18.981:${index}) : auid=unset uid=root subj=docker-default (enforce) pid=1 comm=${comm} exe=${exe} `
      + `sig=${sig} arch=${arch} syscall=${syscall} compat=0 ip=0x7f code=${code} `);
    const ours = printed.map(line => auditedCall(auditFields(line)[0] as AuditFields));
    // Older releases have one word for both ways to kill.
    const kind = (action: unknown) => String(action).replace(/_(PROCESS|THREAD)$/, '');
    expect(ours.map(({ architecture, comm, exe, signal, action }) => [architecture?.value, comm, exe, signal, kind(action)]))
      .toStrictEqual(cases.map(({ abi, answer }, index) => [abi.name, theirs[index].comm, theirs[index].exe, 31, kind(answer[1])]));
    expect(ours.filter(({ number }, index) => number !== undefined && number !== cases[index].number)).toStrictEqual([]);
  });
});
