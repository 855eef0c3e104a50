import { synthRow, synthSamples } from './synth-samples';
import { Bench } from '../harness/rows';

const AIM = 1.05;
const POLICY = 'a SeccompPolicy';
const NAMESPACE = 'a SeccompPolicy and a Namespace that enforces';
const NONE = 'no mode';
const BY_HAND = 'the mode written by hand';
const KINDS = ['Deployments of cdk8s-plus-28', 'raw objects'] as const;

export const policy: Bench = {
  about: 'What a `SeccompPolicy` over 1,000 workloads adds to the CPU time of `app.synth()`; each sample is a process of its own.',
  async run(context) {
    const of = (kind: string, what: string) => `${kind}: ${what}`;
    const samples = await synthSamples(context, {
      [of(KINDS[0], NONE)]: 'plain',
      [of(KINDS[0], BY_HAND)]: 'RuntimeDefault',
      [of(KINDS[0], POLICY)]: 'policy',
      [of(KINDS[0], NAMESPACE)]: 'policy, with enforcing Namespace',
      [of(KINDS[1], NONE)]: 'raw',
      [of(KINDS[1], BY_HAND)]: 'raw by hand',
      [of(KINDS[1], POLICY)]: 'raw, policy',
      [of(KINDS[1], NAMESPACE)]: 'raw, policy, with enforcing Namespace',
    });
    return KINDS.flatMap(kind => [
      synthRow(samples, of(kind, POLICY), of(kind, NONE), AIM),
      synthRow(samples, of(kind, POLICY), of(kind, BY_HAND), AIM),
      synthRow(samples, of(kind, NAMESPACE), of(kind, NONE)),
    ]);
  },
};
