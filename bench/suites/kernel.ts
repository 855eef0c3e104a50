import { readFileSync } from 'fs';
import { release } from 'os';
import { join } from 'path';
import { MindieProfile, NodeArchitecture, SeccompProfile } from '../../lib';
import { OciRuntime } from '../../test/node/runtimes/oci-runtime';
import { runOrThrow, throwUnlessOk } from '../../test/node/runtimes/processes';
import { makeRootfs } from '../../test/node/runtimes/rootfs';
import { TestNode } from '../../test/node/runtimes/test-node';
import { Bench } from '../harness/rows';
import { NamedSamples, Samples } from '../harness/samples';

const PROGRAM = join(__dirname, '../inputs/system-calls.c');
const CONTAINERS_COMMON = '/usr/share/containers/seccomp.json';
const LOOPS = 1_000_000;
const [NONE, REFERENCE, HARDENED, COMMON] = ['no filter', 'reference', 'hardened', 'containers-common'];

/** Of inputs/system-calls.c, and who looks at them. */
const CALLS = {
  'getppid': 'allowed whatever its arguments: the kernel remembers that (since 5.11)',
  'socket refused': 'containers-common looks at the arguments; the kernel refuses this family at once',
  'socket and close': 'the same, of a socket that is made',
  'clone refused': 'hardened looks at the flags; the kernel refuses these at once',
  'fork and wait': 'the same, of a process that is made',
} as const;

/** What the program prints. */
interface Report {
  readonly calls: Readonly<Record<keyof typeof CALLS, number>>;
  readonly seccomp: number;
}

/** SECCOMP_MODE_FILTER of the kernel. */
const FILTER = 2;

export const kernel: Bench = {
  about: 'CPU time that a system call takes of its process, in a container of runc under the profiles of MindIE, under the default profile of containers-common '
    + '(Podman, Buildah), and under none. Each sample is a container of its own. Hardened may cost no more than that default.',
  async run({ rounds, size }) {
    const node = await TestNode.start();
    try {
      const rootfs = await makeRootfs(node);
      await runOrThrow(['gcc', '-O2', '-static', '-o', join(rootfs, 'bin/system-calls'), PROGRAM]);
      const runtime = OciRuntime.runc(node);
      const args = ['/bin/system-calls', String(size(LOOPS))];
      const makeCalls = (name: string, profile?: SeccompProfile) => async (): Promise<NamedSamples> => {
        const seccomp = profile && JSON.parse(profile.forNode(NodeArchitecture.AMD64).toJson());
        const result = await runtime.runContainer({ rootfs, args, uid: 1001, seccomp, timeoutMs: 120_000 });
        const { calls, seccomp: mode }: Report = JSON.parse(throwUnlessOk(args, result));
        if ((mode === FILTER) !== (profile !== undefined)) throw new Error(`${name}: the program ran in seccomp mode ${mode}, expected ${profile ? FILTER : 0}`);
        return Object.fromEntries(Object.entries(calls).map(([call, ns]) => [under(call, name), { ns }]));
      };
      const samples = await Samples.takeSets(rounds(15), [
        makeCalls(NONE),
        makeCalls(REFERENCE, MindieProfile.reference()),
        makeCalls(HARDENED, MindieProfile.hardened()),
        makeCalls(COMMON, commonProfile()),
      ]);
      return Object.entries(CALLS).flatMap(([call, note]) => [
        ...[REFERENCE, HARDENED, COMMON].map(name => samples.row(under(call, name), under(call, NONE), { unit: 'ns' })),
        samples.row(under(call, HARDENED), under(call, COMMON), { unit: 'ns', aim: 1, note }),
      ]);
    } finally {
      await node.stop();
    }
  },
};

function under(call: string, name: string): string {
  return `${call}, ${name}`;
}

/** For a container without capabilities, as the others run here. */
function commonProfile(): SeccompProfile {
  return SeccompProfile.fromDockerFormat(readFileSync(CONTAINERS_COMMON, 'utf8'), { node: NodeArchitecture.AMD64, capabilities: [], kernelVersion: release() });
}
