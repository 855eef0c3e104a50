import { MindieProfile, SeccompProfile } from '../../src';
import { RuntimeName, Runtimes, RUNTIMES } from './runtimes/runtimes';

const reference = MindieProfile.reference();

/** The reference for a runtime that has not heard of RISC-V yet. */
const withoutRiscv = withoutArchitectures('SCMP_ARCH_RISCV64');

const BIG_ENDIAN = ['SCMP_ARCH_MIPS', 'SCMP_ARCH_MIPS64', 'SCMP_ARCH_MIPS64N32', 'SCMP_ARCH_S390X'];

const MIXED: Readonly<Record<RuntimeName, string>> = {
  containerd: 'error adding architecture to seccomp filter: numerical argument out of domain',
  runc: 'error adding architecture to seccomp filter: numerical argument out of domain',
  crun: 'seccomp adding architecture: Numerical argument out of domain',
};

/** runc knows SCMP_ARCH_RISCV64 from 1.1.8 on and checks the names first. */
const UNKNOWN = 'string SCMP_ARCH_RISCV64 is not a valid arch for seccomp';

let runtimes: Runtimes;

beforeAll(async () => {
  runtimes = await Runtimes.start();
});

afterAll(async () => runtimes.stop());

describe.each(RUNTIMES)('%s', name => {
  test('fails to start a container under the unrestricted reference profile', async () => {
    const { status, stdout, stderr } = await runtimes.get(name).runPython('syscalls.py', reference.toJson());
    expect([MIXED[name], UNKNOWN].filter(message => stderr.includes(message))).toHaveLength(1);
    expect({ status, stdout }).toStrictEqual({ status: 1, stdout: '' });
  });

  test('fails because of the mixed byte orders, not of one unknown architecture', async () => {
    const { status, stdout, stderr } = await runtimes.get(name).runPython('syscalls.py', withoutRiscv.toJson());
    expect(stderr).toContain(MIXED[name]);
    expect({ status, stdout }).toStrictEqual({ status: 1, stdout: '' });
  });

  test('starts a container once the big-endian architectures are gone', async () => {
    const { status, stdout } = await runtimes.get(name).runPython('syscalls.py', withoutArchitectures('SCMP_ARCH_RISCV64', ...BIG_ENDIAN).toJson());
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ thread: 'started' });
  });
});

function withoutArchitectures(...names: string[]): SeccompProfile {
  const document = JSON.parse(reference.toJson());
  return SeccompProfile.fromJson({ ...document, architectures: document.architectures.filter((name: string) => !names.includes(name)) });
}
