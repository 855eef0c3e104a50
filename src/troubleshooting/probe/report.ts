import { ProbeLine, ProbeSource, readLogLine, UnstartedContainer } from './line';
import { missingSaying, ProbeSaying, sayingsOf } from './verdicts';

/** Nodes of which the same is to be said. */
export interface ProbeGroup extends ProbeSaying {
  readonly nodes: readonly string[];
  readonly libcs: readonly string[];
  readonly kernels: readonly string[];
}

export interface ProbeReport {
  /** How many nodes there are lines of. */
  readonly nodes: number;
  /** How many of them start threads in every mode. */
  readonly working: number;
  /** Problems first, then those of most nodes. */
  readonly groups: readonly ProbeGroup[];
  /** Lines of a probe that are not whole. */
  readonly brokenLines: number;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Sums up the logs of a probe; it may be told line by line, and of the same node and mode again: the newest counts. */
export class ProbeTally {
  private readonly lines = new Map<string, Map<string, ProbeLine>>();
  private readonly nodeOfPod = new Map<string, string>();
  private readonly modeOfContainer = new Map<string, string>();
  private readonly unstarted = new Map<string, UnstartedContainer>();
  private broken = 0;

  public add(text: string): void {
    const { result, source, unstarted, isBroken } = readLogLine(text);
    if (result) this.addResult(result, source);
    if (unstarted) this.unstarted.set(`${unstarted.pod}/${unstarted.container}`, unstarted);
    if (isBroken) this.broken++;
  }

  public report(): ProbeReport {
    const groups = new Map<string, { saying: ProbeSaying; nodes: Set<string>; libcs: Set<string>; kernels: Set<string> }>();
    const failing = new Set<string>();
    const say = (node: string, saying: ProbeSaying, line?: ProbeLine) => {
      const key = `${saying.id} ${saying.says} ${saying.remedy}`;
      const group = groups.get(key) ?? { saying, nodes: new Set(), libcs: new Set(), kernels: new Set() };
      groups.set(key, group);
      group.nodes.add(node);
      if (line?.libc) group.libcs.add(line.libc);
      if (line?.kernel) group.kernels.add(line.kernel);
      if (saying.isProblem) failing.add(node);
    };
    for (const [node, modes] of this.lines) {
      for (const line of modes.values()) sayingsOf(line).forEach(saying => say(node, saying, line));
    }
    this.missing().forEach(([node, saying]) => say(node, saying));
    return {
      nodes: this.lines.size,
      working: [...this.lines.keys()].filter(node => !failing.has(node)).length,
      groups: [...groups.values()]
        .map(({ saying, nodes, libcs, kernels }) => ({ ...saying, nodes: sorted(nodes), libcs: sorted(libcs), kernels: sorted(kernels) }))
        .sort(byWeight),
      brokenLines: this.broken,
    };
  }

  private addResult(line: ProbeLine, source?: ProbeSource): void {
    if (source) {
      this.nodeOfPod.set(source.pod, line.node);
      this.modeOfContainer.set(source.container, line.mode);
    }
    const modes = this.lines.get(line.node) ?? new Map<string, ProbeLine>();
    this.lines.set(line.node, modes);
    const before = modes.get(line.mode);
    // Without a time, the later line is the newer one.
    if (!before?.time || !line.time || before.time <= line.time) modes.set(line.mode, line);
  }

  /** What each node lacks: containers that have not started, and modes that other nodes have a line of. */
  private missing(): [node: string, saying: ProbeSaying][] {
    const told = new Set<string>();
    const unstarted = [...this.unstarted.values()].map(({ pod, container, reason }): [string, ProbeSaying] => {
      const [node, mode] = [this.nodeOfPod.get(pod), this.modeOfContainer.get(container)];
      told.add(`${node} ${mode}`);
      return [node ?? `pod ${pod}`, missingSaying(mode ?? `container ${container}`, reason)];
    });
    const modes = new Set([...this.lines.values()].flatMap(each => [...each.keys()]));
    const silent = [...this.lines].flatMap(([node, own]) => [...modes]
      .filter(mode => !own.has(mode) && !told.has(`${node} ${mode}`))
      .map((mode): [string, ProbeSaying] => [node, missingSaying(mode)]));
    return [...unstarted, ...silent];
  }
}

function byWeight(one: ProbeGroup, other: ProbeGroup): number {
  return Number(other.isProblem) - Number(one.isProblem) || other.nodes.length - one.nodes.length || (one.says < other.says ? -1 : 1);
}

function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort(COLLATOR.compare);
}
