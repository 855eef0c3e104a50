import { NodeArchitecture, SeccompProfile } from '../../lib';
import { numbersOf } from '../../lib/syscalls/numbers';
import { timeCalls } from '../harness/processes';
import { Bench } from '../harness/rows';
import { Samples } from '../harness/samples';
import { allowlist } from '../inputs/profiles';

const NAMES = 400;
const READ = `read a profile of ${NAMES} names`;
const PARSE = 'JSON.parse of its text';

export const profile: Bench = {
  about: 'The profile model within one process. Every call is one number of one ABI, answered by the document for its node.',
  async run({ rounds }) {
    const text = allowlist(NAMES, { nodes: NodeArchitecture.all() }).toJson();
    const calls = NodeArchitecture.all().flatMap(node => node.architectures.flatMap(({ value }) => numbersOf(value))).length;
    const decide = `read it and decide ${calls.toLocaleString('en-US')} calls`;
    const samples = await Samples.take(rounds(21), {
      [READ]: () => timeCalls(20, () => SeccompProfile.fromJson(text)),
      [PARSE]: () => timeCalls(200, () => JSON.parse(text)),
      [decide]: () => timeCalls(1, () => decideAll(SeccompProfile.fromJson(text))),
    });
    return [samples.row(READ, PARSE), samples.row(decide, READ, { note: `${(samples.median(decide) * 1e3 / calls).toFixed(2)} µs a call` })];
  },
};

function decideAll(of: SeccompProfile): void {
  for (const node of NodeArchitecture.all()) {
    const document = of.forNode(node);
    for (const architecture of node.architectures) {
      for (const number of numbersOf(architecture.value)) document.decide({ number, architecture, node });
    }
  }
}
