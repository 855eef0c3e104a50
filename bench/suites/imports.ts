import { join } from 'path';
import { ROOT, timeNode } from '../harness/processes';
import { Bench } from '../harness/rows';
import { Samples } from '../harness/samples';

const load = (module: string) => () => timeNode(['-e', `require(${JSON.stringify(module)})`]);

export const imports: Bench = {
  about: 'Processes of Node.js that load a module and end. The package loads cdk8s-plus-28, which loads cdk8s.',
  async run({ rounds }) {
    const samples = await Samples.take(rounds(21), {
      'node -e 0': () => timeNode(['-e', '0']),
      'cdk8s-plus-28': load('cdk8s-plus-28'),
      'cdk8s-seccomp': load(ROOT),
      'the profile model alone': load(join(ROOT, 'lib/profile/seccomp-profile')),
    });
    return [
      samples.row('cdk8s-seccomp', 'cdk8s-plus-28'),
      samples.row('cdk8s-seccomp', 'cdk8s-plus-28', { unit: 'MiB', note: 'memory at most' }),
      samples.row('cdk8s-plus-28', 'node -e 0'),
      samples.row('the profile model alone', 'node -e 0'),
    ];
  },
};
