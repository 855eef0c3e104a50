import { runWorker } from '../harness/processes';
import { Context, Row } from '../harness/rows';
import { Sample, Samples } from '../harness/samples';

const WORKLOADS = 1000;
const ROUNDS = 15;

/** What a synth is called that includes making the constructs. */
export function withConstructs(name: string): string {
  return `${name}, with constructs`;
}

/** Synths by name, each in a process of its own. */
export async function synthSamples({ rounds, size }: Context, variants: Readonly<Record<string, string>>): Promise<Samples> {
  return Samples.takeSets(rounds(ROUNDS), Object.entries(variants).map(([name, variant]) => async () => {
    const { all, synth } = runWorker<{ all: Sample; synth: Sample }>('suites/synth-app.ts', variant, String(size(WORKLOADS)));
    return { [name]: synth, [withConstructs(name)]: all };
  }));
}

/** By CPU time, which other programs on the machine disturb less; a synth waits for nothing. */
export function synthRow(samples: Samples, what: string, against: string, aim?: number): Row {
  return samples.row(what, against, { unit: 'cpu ms', aim, note: `wall time ${samples.row(what, against).ratio.toFixed(2)} ×` });
}
