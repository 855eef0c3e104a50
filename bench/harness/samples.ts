import { Met, Row, Unit } from './rows';

export type Sample = Partial<Readonly<Record<Unit, number>>>;

/** By what they are called in the table. */
export type NamedSamples = Readonly<Record<string, Sample>>;
export type Cases = Readonly<Record<string, () => Sample | Promise<Sample>>>;

export interface RowOptions {
  /** @default "ms" */
  readonly unit?: Unit;
  readonly aim?: number;
  readonly note?: string;
}

/** What has been measured of several cases in turn. */
export class Samples {
  public static async take(rounds: number, cases: Cases): Promise<Samples> {
    return Samples.takeSets(rounds, Object.entries(cases).map(([name, run]) => async () => ({ [name]: await run() })));
  }

  /**
   * Of cases that each bring several samples. Every case once a round, so that a busy machine is busy for all, and each round begins with another one, so that
   * none profits from its place.
   */
  public static async takeSets(rounds: number, cases: ReadonlyArray<() => Promise<NamedSamples>>): Promise<Samples> {
    const taken: NamedSamples[] = [];
    for (let round = 0; round < rounds; round++) {
      const samples: Record<string, Sample> = {};
      for (const at of cases.keys()) Object.assign(samples, await cases[(round + at) % cases.length]());
      taken.push(samples);
    }
    return new Samples(taken);
  }

  private constructor(private readonly rounds: readonly NamedSamples[]) {}

  public row(what: string, against: string, { unit = 'ms', aim, note }: RowOptions = {}): Row {
    const [values, baselines] = [this.values(what, unit), this.values(against, unit)];
    const ratios = values.map((value, round) => value / baselines[round]);
    const ratio = quantile(ratios, 0.5);
    const quartiles = [quantile(ratios, 0.25), quantile(ratios, 0.75)] as const;
    const verdict = aim === undefined ? {} : { aim, met: met(ratio, quartiles[0], aim) };
    const medians = { median: quantile(values, 0.5), baseline: quantile(baselines, 0.5) };
    return { what, against, unit, ...medians, ratio, quartiles, rounds: values.length, ...verdict, note };
  }

  public median(what: string, unit: Unit = 'ms'): number {
    return quantile(this.values(what, unit), 0.5);
  }

  private values(what: string, unit: Unit): number[] {
    return this.rounds.map(samples => {
      const value = samples[what]?.[unit];
      if (value === undefined) throw new Error(`no ${unit} of "${what}" was measured, expected one of ${Object.keys(samples).join(', ')}`);
      return value;
    });
  }
}

/** As precisely as the table shows it. */
function met(ratio: number, lowerQuartile: number, aim: number): Met {
  const round = (value: number) => Math.round(value * 100) / 100;
  if (round(ratio) <= aim) return 'yes';
  return round(lowerQuartile) <= aim ? 'unclear' : 'no';
}

/** Between the two nearest values, by their distance. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}
