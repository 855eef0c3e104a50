import { execFileSync } from 'child_process';
import { SeccompArchitecture, MindieProfile, NodeArchitecture, SeccompProfile } from '../../src';
import { testEscapes } from './hardened/suite';
import { OCI_RUNTIMES, OciNode, OciRuntimeName } from './runtimes/oci-node';
import { python } from './runtimes/runtimes';
import { ENOSYS, EPERM, readReport } from './runtimes/syscall-report';
import { numberOf } from '../../src/syscalls/numbers';
import { knownTo } from '../../src/syscalls/since';

const LIBSECCOMP = execFileSync('dpkg-query', ['--show', '--showformat', '${Version}', 'libseccomp2'], { encoding: 'utf8' });
const EFAULT = 14;

type Call = readonly ['syscall' | 'int 0x80', number, ...number[]];

let node: OciNode;

beforeAll(async () => {
  node = await OciNode.start();
});

afterAll(async () => node.stop());

async function errnos(runtime: OciRuntimeName, calls: readonly Call[], profile?: SeccompProfile): Promise<number[]> {
  return readReport(await node.run(runtime, { args: [...python('calls.py'), JSON.stringify(calls)] }, profile)) as number[];
}

describe.each(OCI_RUNTIMES)('%s', runtime => {
  testEscapes(() => node, runtime, NodeArchitecture.AMD64);

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
