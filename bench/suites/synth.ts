import { synthRow, synthSamples, withConstructs } from './synth-samples';
import { Bench } from '../harness/rows';

const AIM = 1.05;
const PLAIN = 'Deployment of cdk8s-plus-28';
const PATCHED = `${PLAIN}, the same manifest by JSON patch`;
const PLAIN_AND_SET = `${PLAIN}, and a DaemonSet`;
const PLAIN_AFTER_SET = `${PLAIN}, in a chart that depends on a DaemonSet`;
const of = (mode: string) => `SeccompSecuredDeployment, ${mode}`;
const LOCALHOST_OF_SET = of('Localhost of that DaemonSet');
const MODES = [of('Unconfined'), of('RuntimeDefault'), of('Localhost by path')];

export const synth: Bench = {
  about: 'CPU time of `app.synth()` of 1,000 Deployments; "with constructs" is that to make them as well. Each sample is a process of its own. The DaemonSet is a '
    + '`MindieProfileDaemonSet` in a chart of its own; where the Deployments need it, their chart is written after that one, which cdk8s takes time for as well.',
  async run(context) {
    const samples = await synthSamples(context, {
      [PLAIN]: 'plain',
      [PATCHED]: 'patched',
      [MODES[0]]: 'Unconfined',
      [MODES[1]]: 'RuntimeDefault',
      [MODES[2]]: 'Localhost',
      [PLAIN_AND_SET]: 'plain, with DaemonSet',
      [PLAIN_AFTER_SET]: 'plain, after DaemonSet',
      [LOCALHOST_OF_SET]: 'Localhost, with DaemonSet',
    });
    const sets = [PLAIN_AND_SET, PLAIN_AFTER_SET];
    const pairs = [...MODES.map(mode => [mode, PLAIN] as const), ...sets.map(plain => [LOCALHOST_OF_SET, plain] as const)];
    return [
      synthRow(samples, MODES[1], PATCHED, AIM),
      ...pairs.map(([mode, plain]) => synthRow(samples, mode, plain, AIM)),
      ...pairs.map(([mode, plain]) => synthRow(samples, withConstructs(mode), withConstructs(plain), AIM)),
    ];
  },
};
