import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { getPriority, tmpdir } from 'os';
import { join } from 'path';
import { Recorder } from './record/recorder';
import { OCI_RUNTIMES } from './runtimes/oci-runtime';
import { SeccompArchitecture, LintSeverity, NodeArchitecture, ProfileLinter, ContainerRuntime, SeccompProfile } from '../../src';
import { execute } from '../cli/scenario';

const ENOSYS = 38;
const DONE = { threads: 20, numpy: 600, sockets: 'answer', files: 'written', process: 7 };
const LOGGING = SeccompProfile.logging().forNode(NodeArchitecture.AMD64);

const directory = mkdtempSync(join(tmpdir(), 'record-'));
let recorder: Recorder;
let allowlist: SeccompProfile;
let accounted: string[];

/** The command on logs that stand in files, and a profile beside them. */
function record(logs: readonly string[], options: readonly string[] = [], base?: SeccompProfile) {
  const names = logs.map((log, index) => {
    writeFileSync(join(directory, `${index}.log`), log);
    return `${index}.log`;
  });
  if (base) writeFileSync(join(directory, 'base.json'), base.toJson());
  const { status, stdout, stderr } = execute(['record', ...names, '--format', 'json', ...options], directory);
  return { status, profile: SeccompProfile.fromJson(stdout), report: JSON.parse(stderr) };
}

const printed = ({ status, stdout, stderr }: { status: number; stdout: string; stderr: string }) =>
  ({ status, printed: stdout.startsWith('{') ? JSON.parse(stdout) : stdout + stderr });

beforeAll(async () => {
  recorder = await Recorder.start();
  const logs: string[] = [];
  for (const runtime of OCI_RUNTIMES) {
    logs.push(await recorder.recordsOf(async () => {
      expect(printed(await recorder.run(runtime, LOGGING))).toStrictEqual({ status: 0, printed: DONE });
    }));
  }
  const { status, profile, report } = record(logs);
  expect({ status, report }).toMatchObject({ status: 0, report: { denied: [], unreadable: 0, torn: 0, unsorted: 0 } });
  allowlist = profile;
  accounted = [...report.calls.map(({ syscall }: { syscall: string }) => syscall), ...report.added.runtimes, ...report.added.threads];
});

afterAll(async () => {
  await recorder.stop();
  rmSync(directory, { recursive: true });
});

test('allows of all calls only those that were seen, and those that runtimes and threads need', () => {
  const { defaultAction, defaultErrnoRet, architectures, syscalls } = JSON.parse(allowlist.toJson());
  expect([defaultAction, defaultErrnoRet, architectures]).toStrictEqual(['SCMP_ACT_ERRNO', ENOSYS, ['SCMP_ARCH_X86_64']]);
  expect(syscalls).toHaveLength(1);
  expect(syscalls[0].names).toEqual(expect.arrayContaining(['futex', 'socket', 'execve', 'capset', 'clone', 'clone3']));
  expect(syscalls[0].names).toStrictEqual([...new Set(accounted)].sort());
});

test('passes lint', () => {
  const findings = new ProfileLinter().lint(allowlist);
  expect(findings.filter(({ severity }) => severity === LintSeverity.ERROR)).toStrictEqual([]);
  const wrong = new ProfileLinter().lint(allowlist.withoutSyscalls(['clone', 'capset']));
  expect(wrong.filter(({ severity }) => severity === LintSeverity.ERROR).map(({ rule }) => rule).sort())
    .toStrictEqual(expect.arrayContaining(['container-cannot-start', 'threads-cannot-start']));
});

describe.each(OCI_RUNTIMES)('%s', runtime => {
  test('runs the program under the allowlist', async () => {
    expect(printed(await recorder.run(runtime, allowlist))).toStrictEqual({ status: 0, printed: DONE });
  });

  test('refuses a call that was not recorded, and makes it without the profile', async () => {
    expect(allowlist.decide({ architecture: SeccompArchitecture.X86_64, syscall: 'getpriority', runtime: ContainerRuntime.DEFAULT }).errno).toBe(ENOSYS);
    expect(printed(await recorder.run(runtime, allowlist, 'priority'))).toStrictEqual({ status: 0, printed: { ...DONE, priority: ENOSYS } });
    expect(printed(await recorder.run(runtime, undefined, 'priority'))).toStrictEqual({ status: 0, printed: { ...DONE, priority: getPriority() } });
  });

  test.each(['socket', 'futex', 'lseek', 'wait4', 'mmap', 'execve'])('fails without %s', async name => {
    expect(printed(await recorder.run(runtime, allowlist.withoutSyscalls([name])))).not.toStrictEqual({ status: 0, printed: DONE });
  });

  test('starts threads by clone without clone3', async () => {
    expect(printed(await recorder.run(runtime, allowlist.withoutSyscalls(['clone3'])))).toStrictEqual({ status: 0, printed: DONE });
  });

  test('has only what is new recorded under logging of the allowlist', async () => {
    const log = await recorder.recordsOf(async () => recorder.run(runtime, SeccompProfile.logging(allowlist), 'priority'));
    const { status, profile, report } = record([log], ['--base', 'base.json'], allowlist);
    expect({ status, deniesAll: report.base.deniesAll }).toStrictEqual({ status: 1, deniesAll: true });
    expect(report.base.new.map(({ syscall }: { syscall: string }) => syscall)).toContain('getpriority');
    const next = allowlist.union(profile);
    expect(printed(await recorder.run(runtime, next, 'priority'))).toStrictEqual({ status: 0, printed: { ...DONE, priority: getPriority() } });
  });
});
