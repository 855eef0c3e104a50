/** What is counted: wall time of a call or process, CPU time of a process, time of one system call, memory. */
export type Unit = 'ms' | 'cpu ms' | 'ns' | 'MiB';

/** One thing in relation to another, both measured in turn. */
export interface Row {
  readonly what: string;
  readonly against: string;
  readonly unit: Unit;
  readonly median: number;
  /** Median of the thing it is measured against. */
  readonly baseline: number;
  /** Median of the ratios of the rounds. */
  readonly ratio: number;
  /** Their quartiles: how far the machine lets the ratio be known. */
  readonly quartiles: readonly [number, number];
  readonly rounds: number;
  /** The ratio to reach, or stay below. */
  readonly aim?: number;
  readonly met?: Met;
  readonly note?: string;
}

/** `unclear` when the aim lies between the quartiles and the median missed it. */
export type Met = 'yes' | 'unclear' | 'no';

/** What could not be measured, so that it is not missing in silence. */
export interface Gap {
  readonly what: string;
  readonly missing: string;
}

export interface Context {
  /** A directory for the files of one bench; removed at its end. */
  readonly directory: string;
  /** So many rounds; few when only trying. */
  rounds(full: number): number;
  /** So many things; a hundredth when only trying. */
  size(full: number): number;
}

export interface Bench {
  /** What the rows mean, in one or two sentences of Markdown. */
  readonly about: string;
  run(context: Context): Promise<ReadonlyArray<Row | Gap>>;
}

/** What stands in the JSON file. */
export interface Result {
  readonly date: string;
  readonly machine: Readonly<Record<string, string>>;
  /** Small sizes and few rounds: nothing to publish. */
  readonly tried: boolean;
  readonly benches: readonly Measured[];
}

export interface Measured {
  readonly name: string;
  readonly about: string;
  readonly seconds: number;
  readonly rows: ReadonlyArray<Row | Gap>;
}
