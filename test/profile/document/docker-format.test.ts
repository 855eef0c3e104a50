import * as fc from 'fast-check';
import { SeccompArchitecture, DockerFormatOptions, NodeArchitecture, SeccompProfile } from '../../../src';
import { documents } from '../documents';

const { AMD64, ARM64, LOONG64, MIPS64LE, PPC64LE, S390X } = NodeArchitecture;
type Options = Partial<DockerFormatOptions>;

function expand(document: object | string, options: Options = {}): any {
  return JSON.parse(SeccompProfile.fromDockerFormat(document, { node: AMD64, ...options }).toJson());
}

const withRules = (...syscalls: object[]) => ({ defaultAction: 'SCMP_ACT_ERRNO', syscalls });
const rule = (fields: object) => ({ names: ['mount'], action: 'SCMP_ACT_ALLOW', ...fields });
const isKept = (fields: object, options?: Options) => expand(withRules(rule(fields)), options).syscalls.length === 1;

describe('fromJson and fromFile', () => {
  const format = (owner: string) => `is a field of ${owner} profile format, not of the OCI format that a node reads: containerd would silently drop it; `
    + 'expand the document with SeccompProfile.fromDockerFormat';

  test.each([
    ['archMap', '{"defaultAction": "SCMP_ACT_LOG",\n "archMap": []}', `2:13: archMap: ${format('Docker\'s')}`],
    ['defaultErrno', '{"defaultErrno": "ENOSYS"}', `1:18: defaultErrno: ${format('containers-common\'s')}`],
    ...Object.entries({ name: '"mount"', comment: '""', includes: '{"minKernel": "4.8"}', excludes: '{}' }).map(([key, value]) =>
      [key, `{"defaultAction": "SCMP_ACT_LOG", "syscalls": [{"${key}": ${value}}]}`, `1:${53 + key.length}: syscalls[0].${key}: ${format('Docker\'s')}`]),
    ['errno', '{"defaultAction": "SCMP_ACT_LOG", "syscalls": [{"errno": "EPERM"}]}', `1:58: syscalls[0].errno: ${format('containers-common\'s')}`],
  ])('fails on %s with what it is and what to do', (_, text, message) => {
    expect(() => SeccompProfile.fromJson(text)).toThrow(new Error(message));
  });

  test('fails on the fields of Docker only where Docker has them', () => {
    expect(() => SeccompProfile.fromJson('{"defaultAction": "SCMP_ACT_LOG", "includes": {}}')).toThrow('1:47: includes: unknown field of a seccomp profile, expected one of ');
    expect(() => SeccompProfile.fromJson('{"defaultAction": "SCMP_ACT_LOG", "constructor": 1}')).toThrow('1:50: constructor: unknown field of a seccomp profile');
  });
});

test('reads a document without fields of Docker as fromJson does', () => {
  fc.assert(fc.property(documents, document => {
    expect(SeccompProfile.fromDockerFormat(document, { node: S390X }).toJson()).toBe(SeccompProfile.fromJson(document).toJson());
  }));
});

test('keeps 64-bit values of a text exact', () => {
  const text = '{"defaultAction":"SCMP_ACT_LOG","syscalls":[{"name":"clone","action":"SCMP_ACT_ALLOW","comment":"c",'
    + '"args":[{"index":0,"value":18446744073709551615,"valueTwo":9007199254740993,"op":"SCMP_CMP_MASKED_EQ"}]}]}';
  const printed = SeccompProfile.fromDockerFormat(text, { node: AMD64 }).toJson();
  expect(printed.replace(/\s/g, '')).toBe('{"defaultAction":"SCMP_ACT_LOG","syscalls":[{"names":["clone"],"action":"SCMP_ACT_ALLOW",'
    + '"args":[{"index":0,"value":18446744073709551615,"valueTwo":9007199254740993,"op":"SCMP_CMP_MASKED_EQ"}]}]}');
});

test('drops comments', () => {
  expect(expand(withRules(rule({ comment: 'why' })))).toStrictEqual(withRules(rule({})));
});

test('takes the null that Go prints for an empty list', () => {
  const document = { ...withRules(rule({ args: null })), archMap: [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: null }] };
  expect(expand(document)).toStrictEqual({ ...withRules(rule({})), architectures: ['SCMP_ARCH_X86_64'] });
  expect(expand({ defaultAction: 'SCMP_ACT_LOG', syscalls: null })).toStrictEqual({ defaultAction: 'SCMP_ACT_LOG' });
  expect(expand(withRules({ name: 'read', names: null, action: 'SCMP_ACT_ALLOW' }))).toStrictEqual(withRules({ names: ['read'], action: 'SCMP_ACT_ALLOW' }));
});

describe('archMap', () => {
  const archMap = [
    { architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] },
    { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] },
    { architecture: 'SCMP_ARCH_MIPSEL64', subArchitectures: [] },
    { architecture: 'SCMP_ARCH_S390X' },
  ];
  const document = { defaultAction: 'SCMP_ACT_ALLOW', archMap };
  const architectures = (node: NodeArchitecture) => SeccompProfile.fromDockerFormat(document, { node }).architectures;

  test('becomes the architectures of the node, the native one first', () => {
    expect(architectures(AMD64)).toStrictEqual([SeccompArchitecture.X86_64, SeccompArchitecture.X86, SeccompArchitecture.X32]);
    expect(architectures(ARM64)).toStrictEqual([SeccompArchitecture.AARCH64, SeccompArchitecture.ARM]);
    expect(architectures(MIPS64LE)).toStrictEqual([SeccompArchitecture.MIPSEL64]);
    expect(architectures(S390X)).toStrictEqual([SeccompArchitecture.S390X]);
  });

  test('becomes no list on a node that it does not name', () => {
    expect(architectures(PPC64LE)).toBeUndefined();
  });

  test('stands aside where the list of architectures is empty, and the other way round', () => {
    expect(expand({ ...document, architectures: [] }).architectures).toHaveLength(3);
    expect(expand({ ...document, archMap: [], architectures: ['SCMP_ARCH_ARM'] }).architectures).toStrictEqual(['SCMP_ARCH_ARM']);
  });

  test.each([
    ['both lists', { ...document, architectures: ['SCMP_ARCH_X86_64'] }, 'archMap: is set together with architectures, expected only one of them: an engine refuses both'],
    ['an entry twice', { ...document, archMap: [...archMap, archMap[1]] }, 'archMap[4].architecture: "SCMP_ARCH_AARCH64" appears twice, expected once: an engine would use only the first'],
    ['an unknown field', { ...document, archMap: [{ architecture: 'SCMP_ARCH_X86', sub: [] }] }, 'archMap[0].sub: unknown field of a Docker archMap entry, expected one of architecture, subArchitectures'],
    ['no architecture', { ...document, archMap: [{}] }, 'archMap[0]: architecture is missing, expected in every Docker archMap entry'],
  ])('fails on %s', (_, value, message) => {
    expect(() => expand(value)).toThrow(new Error(message));
  });
});

describe('conditions', () => {
  test.each<[string, boolean, object, Options]>([
    ['include a rule that asks for nothing', true, { includes: {}, excludes: {} }, {}],
    ['include a rule with empty lists', true, { includes: { caps: [], arches: [] }, excludes: { caps: [], arches: [] } }, {}],
    ['include by a capability of the default', true, { includes: { caps: ['CAP_SYS_CHROOT'] } }, {}],
    ['leave out by a capability outside the default', false, { includes: { caps: ['CAP_SYS_ADMIN'] } }, {}],
    ['include by a capability given without prefix', true, { includes: { caps: ['CAP_SYS_ADMIN'] } }, { capabilities: ['SYS_ADMIN'] }],
    ['include by a capability given with prefix', true, { includes: { caps: ['CAP_SYS_ADMIN'] } }, { capabilities: ['CAP_SYS_ADMIN'] }],
    ['leave out by a default capability that is given up', false, { includes: { caps: ['CAP_SYS_CHROOT'] } }, { capabilities: [] }],
    ['need all capabilities to include', false, { includes: { caps: ['CAP_KILL', 'CAP_BPF'] } }, {}],
    ['need one capability to exclude', false, { excludes: { caps: ['CAP_BPF', 'CAP_KILL'] } }, {}],
    ['include where no excluding capability is there', true, { excludes: { caps: ['CAP_BPF', 'CAP_SYS_ADMIN'] } }, {}],
    ['include by one architecture of several', true, { includes: { arches: ['arm64', 'amd64'] } }, {}],
    ['leave out on another architecture', false, { includes: { arches: ['x32', 'x86'] } }, {}],
    ['exclude by architecture', false, { excludes: { arches: ['s390', 's390x'] } }, { node: S390X }],
    ['know MIPS by its engine name', true, { includes: { arches: ['mipsel64'] } }, { node: MIPS64LE }],
    ['know LoongArch by Docker\'s name', true, { includes: { arches: ['loongarch64'] } }, { node: LOONG64 }],
    ['know LoongArch by containers-common\'s name', false, { excludes: { arches: ['loong64'] } }, { node: LOONG64 }],
    ['leave out what includes and excludes both meet', false, { includes: { arches: ['amd64'] }, excludes: { caps: ['CAP_KILL'] } }, {}],
    ['need architecture and capability', false, { includes: { arches: ['amd64'], caps: ['CAP_BPF'] } }, {}],
    ['include from a kernel on', true, { includes: { minKernel: '5.10' } }, {}],
    ['leave out before a kernel', false, { includes: { minKernel: '5.11' } }, {}],
    ['compare kernels as numbers', true, { includes: { minKernel: '4.8' } }, { kernelVersion: '4.19.90-2112.8.0' }],
    ['look at no more than two numbers of a kernel', true, { includes: { minKernel: '4.8' } }, { kernelVersion: '4.8-rc5' }],
    ['exclude from a kernel on', false, { excludes: { minKernel: '4.8' } }, {}],
    ['include before an excluded kernel', true, { excludes: { minKernel: '6.0' } }, {}],
  ])('%s', (_, kept, fields, options) => {
    expect(isKept(fields, options)).toBe(kept);
  });

  test.each([
    ['an unknown field', { includes: { cap: [] } }, 'syscalls[0].includes.cap: unknown field of a condition of a Docker syscall rule, expected one of arches, caps, minKernel'],
    ['the name of an architecture that no engine compares with', { excludes: { arches: ['x86_64'] } }, 'syscalls[0].excludes.arches[0]: "x86_64" is not an architecture that Docker or containers-common knows, '
      + 'expected one of amd64, arm, arm64, loong64, loongarch64, m68k, mips, mips3l64n32, mips64, mips64n32, mipsel, mipsel64, mipsel64n32, parisc, parisc64, '
      + 'ppc, ppc64, ppc64le, riscv64, s390, s390x, sh, sheb, x32, x86'],
    ['a kernel of three numbers', { includes: { minKernel: '4.8.1' } }, 'syscalls[0].includes.minKernel: "4.8.1" is not a kernel version, expected two numbers such as "4.8"'],
    ['a kernel beyond a byte', { includes: { minKernel: '4.256' } }, 'syscalls[0].includes.minKernel: "4.256" is not a kernel version, expected two numbers such as "4.8"'],
    ['no kernel', { excludes: { minKernel: '0.0' } }, 'syscalls[0].excludes.minKernel: "0.0" is not a kernel version, expected two numbers such as "4.8"'],
    ['a kernel that is a number', { excludes: { minKernel: 4.8 } }, 'syscalls[0].excludes.minKernel: 4.8 is not a string, expected one'],
  ])('fail on %s', (_, fields, message) => {
    expect(() => isKept(fields)).toThrow(new Error(message));
  });

  test('fail on a capability without its prefix in the document', () => {
    expect(() => isKept({ includes: { caps: ['SYS_ADMIN'] } })).toThrow(/^syscalls\[0\]\.includes\.caps\[0\]: "SYS_ADMIN" is not a capability, expected one of CAP_CHOWN, .*CAP_CHECKPOINT_RESTORE$/);
  });
});

describe('options', () => {
  test('fail on an unknown capability', () => {
    expect(() => isKept({}, { capabilities: ['SYS_ADMINS'] })).toThrow(/^"SYS_ADMINS" is not a capability, expected one of CAP_CHOWN, /);
  });

  test.each(['5', 'linux', '', '5.x'])('fail on the kernel version %j', kernelVersion => {
    expect(() => isKept({}, { kernelVersion })).toThrow(new Error(`kernelVersion "${kernelVersion}" is not a kernel version, expected one such as "5.10" or "5.10.0-136.el8"`));
  });
});

describe('names', () => {
  test.each([
    ['both', { names: ['read'], name: 'read' }, 'syscalls[0].name: is set together with names, expected only one of them: an engine refuses both'],
    ['neither', { names: undefined }, 'syscalls[0]: names is missing, expected in every Docker syscall rule'],
    ['an empty list', { names: [] }, 'syscalls[0].names: is empty, expected at least one system call name'],
    ['an empty name', { names: undefined, name: '' }, 'syscalls[0].name: "" is not a system call name, expected one such as "clone3"'],
    ['an unknown field', { nams: [] }, 'syscalls[0].nams: unknown field of a Docker syscall rule, expected one of action, names, name, errnoRet, args, errno, comment, includes, excludes'],
    ['a mistake in a rule for others', { errnoRet: -1, includes: { arches: ['s390'] } }, 'syscalls[0].errnoRet: -1 is out of range, expected an unsigned 32-bit integer'],
  ])('fail on %s', (_, fields, message) => {
    expect(() => isKept(fields)).toThrow(new Error(message));
  });
});

describe('errno', () => {
  const errnoRet = (fields: object, node = AMD64) => expand(withRules(rule({ action: 'SCMP_ACT_ERRNO', ...fields })), { node }).syscalls[0].errnoRet;

  test('becomes the number that the node has for it', () => {
    expect([AMD64, ARM64, S390X, MIPS64LE].map(node => errnoRet({ errno: 'ENOSYS' }, node))).toStrictEqual([38, 38, 38, 89]);
    expect([AMD64, PPC64LE, MIPS64LE].map(node => errnoRet({ errno: 'EDEADLOCK' }, node))).toStrictEqual([35, 58, 56]);
  });

  test('may be a number in words', () => {
    expect(errnoRet({ errno: '38' })).toBe(38);
  });

  test('wins over the number beside it', () => {
    expect(errnoRet({ errno: 'ENOSYS', errnoRet: 38 }, MIPS64LE)).toBe(89);
    expect(expand({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrno: 'ENOSYS', defaultErrnoRet: 38 }, { node: MIPS64LE }).defaultErrnoRet).toBe(89);
  });

  test('is left a number where it is given as one', () => {
    expect(errnoRet({ errnoRet: 38 }, MIPS64LE)).toBe(38);
    expect(errnoRet({})).toBeUndefined();
  });

  test('gives the default action its errno', () => {
    expect(expand({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrno: 'EACCES' })).toStrictEqual({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 13 });
  });

  const contradiction = 'expected the same: Docker reads only the number, containers-common prefers the name';
  test.each([
    ['an unknown name', { errno: 'ENOSUCH' }, 'syscalls[0].errno: "ENOSUCH" is not an errno on amd64, expected a name such as "EPERM" or a number'],
    ['a number beyond 32 bit', { errno: '4294967296' }, 'syscalls[0].errno: "4294967296" is not an errno on amd64, expected a name such as "EPERM" or a number'],
    ['a name with another number', { errno: 'ENOSYS', errnoRet: 1 }, `syscalls[0].errno: "ENOSYS" is 38 and errnoRet is 1, ${contradiction}`],
    ['two numbers', { errno: '38', errnoRet: 1 }, `syscalls[0].errno: "38" is 38 and errnoRet is 1, ${contradiction}`],
  ])('fails on %s', (_, fields, message) => {
    expect(() => errnoRet(fields)).toThrow(new Error(message));
  });

  test('fails on a default that contradicts itself', () => {
    expect(() => expand('{"defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "EPERM", "defaultErrnoRet": 38}'))
      .toThrow(new Error(`1:53: defaultErrno: "EPERM" is 1 and defaultErrnoRet is 38, ${contradiction}`));
  });
});

test('fails on an unknown field', () => {
  expect(() => expand('{"defaultAction": "SCMP_ACT_ERRNO",\n "archmap": []}')).toThrow(new Error(
    '2:13: archmap: unknown field of a Docker profile, '
    + 'expected one of defaultAction, defaultErrnoRet, architectures, flags, listenerPath, listenerMetadata, syscalls, archMap, defaultErrno'));
});

test('gives namespaces to containers with CAP_SYS_ADMIN only, and threads to all', () => {
  const args = [{ index: 0, value: 0x7e020000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }];
  const document = withRules(
    { name: 'read', action: 'SCMP_ACT_ALLOW' },
    { names: ['clone', 'clone3', 'unshare'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_SYS_ADMIN'] } },
    { names: ['clone'], action: 'SCMP_ACT_ALLOW', args, excludes: { caps: ['CAP_SYS_ADMIN'] } },
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38, excludes: { caps: ['CAP_SYS_ADMIN'] } },
  );
  const answers = (capabilities?: string[]) => {
    const profile = SeccompProfile.fromDockerFormat(document, { node: AMD64, capabilities });
    const calls = [{ syscall: 'unshare' }, { syscall: 'clone', args: [0x10000000] }, { syscall: 'clone', args: [0x3d0f00] }, { syscall: 'clone3' }];
    const decisions = calls.map(call => profile.decide({ architecture: SeccompArchitecture.X86_64, ...call }));
    return decisions.map(({ action, errno }) => errno ?? String(action));
  };
  expect(answers()).toStrictEqual([1, 1, 'SCMP_ACT_ALLOW', 38]);
  expect(answers(['SYS_ADMIN'])).toStrictEqual(Array(4).fill('SCMP_ACT_ALLOW'));
});
