import { readFileSync } from 'fs';
import { python, Runtimes, RUNTIMES } from './runtimes/runtimes';
import { EPERM, readReport, UNCONFINED } from './runtimes/syscall-report';
import { SeccompArchitecture, DecisionKind, NodeArchitecture, ContainerRuntime, SeccompProfile } from '../../src';
import { CAPABILITIES, DEFAULT_CAPABILITIES } from '../../src/profile/document/capabilities';
import { genericErrno } from '../../src/syscalls/errnos';
import { allNames, numberOf } from '../../src/syscalls/numbers';

/** The default profile of Podman and CRI-O, as Debian ships it. */
const DOCUMENT = readFileSync('/usr/share/containers/seccomp.json', 'utf8');
const { AMD64, ARM64, MIPS64LE, S390X } = NodeArchitecture;
const WITH_SYS_TIME = [...DEFAULT_CAPABILITIES, 'CAP_SYS_TIME'];

const expand = (node: NodeArchitecture, capabilities?: string[]) => SeccompProfile.fromDockerFormat(DOCUMENT, { node, capabilities });

let runtimes: Runtimes;

beforeAll(async () => {
  runtimes = await Runtimes.start();
});

afterAll(async () => runtimes.stop());

test('fails to take the default profile of Podman for an OCI document', () => {
  expect(() => SeccompProfile.fromJson(DOCUMENT)).toThrow(/^4:18: defaultErrno: is a field of containers-common's profile format, not of the OCI format that a node reads: /);
});

test('expands the default profile of Podman to the architectures of the node', () => {
  expect([AMD64, ARM64, S390X].map(node => expand(node).architectures?.map(String))).toStrictEqual([
    ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
    ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
    ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'],
  ]);
});

test.each([AMD64, ARM64, S390X, MIPS64LE])('gives libseccomp a filter for %s nodes', async node => {
  for (const capabilities of [[...DEFAULT_CAPABILITIES], [], [...CAPABILITIES]]) {
    const built = await runtimes.node.runOrThrow(python('libseccomp.py'), { input: expand(node, capabilities).toJson(), timeoutMs: 10_000 });
    expect(JSON.parse(built)).toStrictEqual({ instructions: expect.any(Number) });
  }
});

test('leaves no answer undefined', () => {
  const profile = expand(AMD64);
  const answered = [DecisionKind.ACTION, DecisionKind.DEPENDS_ON_ARGUMENTS];
  for (const architecture of [SeccompArchitecture.X86_64, SeccompArchitecture.X86]) {
    const calls = allNames().filter(name => numberOf(architecture.value, name) !== undefined);
    for (const runtime of ContainerRuntime.shipped()) {
      const open = calls.filter(syscall => !answered.includes(profile.decide({ architecture, runtime, syscall, node: AMD64 }).kind));
      expect({ runtime: String(runtime), open }).toStrictEqual({ runtime: String(runtime), open: [] });
    }
  }
});

test.each([
  ['bpf', 'SYS_ADMIN'],
  ['settimeofday', 'SYS_TIME'],
  ['delete_module', 'SYS_MODULE'],
  ['open_by_handle_at', 'DAC_READ_SEARCH'],
])('denies %s without %s and allows it with it', (syscall, capability) => {
  const answer = (capabilities: string[]) => String(expand(AMD64, capabilities).decide({ architecture: SeccompArchitecture.X86_64, syscall }).action);
  expect([answer([]), answer([capability])]).toStrictEqual(['SCMP_ACT_ERRNO', 'SCMP_ACT_ALLOW']);
});

describe.each(RUNTIMES)('%s', name => {
  const run = async (document: string) => readReport(await runtimes.get(name).runPython('syscalls.py', document));

  test('answers by the expanded document as the capabilities demand', async () => {
    expect(await run(expand(AMD64).toJson())).toStrictEqual({ ...UNCONFINED, settimeofday: EPERM });
    expect(await run(expand(AMD64, WITH_SYS_TIME).toJson())).toStrictEqual(UNCONFINED);
  });

  test('drops the conditions of the document as it came, so that everybody may set the clock', async () => {
    expect(await run(DOCUMENT)).toStrictEqual(UNCONFINED);
  });
});

test('knows every errno of the machine', async () => {
  const printed = await runtimes.node.runOrThrow(['/usr/bin/python3', '-I', '-c', 'import errno, json; print(json.dumps({name: code for code, name in errno.errorcode.items()}))']);
  const errnos: Record<string, number> = JSON.parse(printed);
  expect(Object.keys(errnos).length).toBeGreaterThan(120);
  expect(Object.fromEntries(Object.keys(errnos).map(errno => [errno, genericErrno(errno)]))).toStrictEqual(errnos);
});

test('knows every capability of the machine', () => {
  const last = Number(readFileSync('/proc/sys/kernel/cap_last_cap', 'utf8'));
  expect(CAPABILITIES.length).toBeGreaterThan(last);
});
