import { ProbeLine, ProbeSource, readLogLine, UnstartedContainer } from './line';
import { missingStatement, ProbeStatement, statementsOf } from './verdicts';

/** Nodes with the same statement. */
export interface ProbeGroup extends ProbeStatement {
  readonly nodes: readonly string[];
  readonly libcs: readonly string[];
  readonly kernels: readonly string[];
}

export interface ProbeReport {
  /** Number of nodes that have lines. */
  readonly nodes: number;
  /** Number of these nodes where threads start in every mode. */
  readonly working: number;
  /** Groups, problems first and then by number of nodes. */
  readonly groups: readonly ProbeGroup[];
  /** Number of incomplete lines of a probe. */
  readonly brokenLines: number;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Sums up the logs of a probe, line by line. If a node and mode have several lines, the newest counts. */
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
    const groups = new Map<string, { statement: ProbeStatement; nodes: Set<string>; libcs: Set<string>; kernels: Set<string> }>();
    const failing = new Set<string>();
    const say = (node: string, statement: ProbeStatement, line?: ProbeLine) => {
      const key = `${statement.id} ${statement.says} ${statement.remedy}`;
      const group = groups.get(key) ?? { statement, nodes: new Set(), libcs: new Set(), kernels: new Set() };
      groups.set(key, group);
      group.nodes.add(node);
      if (line?.libc) group.libcs.add(line.libc);
      if (line?.kernel) group.kernels.add(line.kernel);
      if (statement.isProblem) failing.add(node);
    };
    for (const [node, modes] of this.lines) {
      for (const line of modes.values()) statementsOf(line).forEach(statement => say(node, statement, line));
    }
    this.missing().forEach(([node, statement]) => say(node, statement));
    return {
      nodes: this.lines.size,
      working: [...this.lines.keys()].filter(node => !failing.has(node)).length,
      groups: [...groups.values()]
        .map(({ statement, nodes, libcs, kernels }) => ({ ...statement, nodes: sorted(nodes), libcs: sorted(libcs), kernels: sorted(kernels) }))
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

  /** Returns what each node lacks: containers that have not started, and modes for which only other nodes have a line. */
  private missing(): [node: string, statement: ProbeStatement][] {
    const unstartedModes = new Set<string>();
    const unstarted = [...this.unstarted.values()].map(({ pod, container, reason }): [string, ProbeStatement] => {
      const [node, mode] = [this.nodeOfPod.get(pod), this.modeOfContainer.get(container)];
      unstartedModes.add(`${node} ${mode}`);
      return [node ?? `pod ${pod}`, missingStatement(mode ?? `container ${container}`, reason)];
    });
    const modes = new Set([...this.lines.values()].flatMap(each => [...each.keys()]));
    const silent = [...this.lines].flatMap(([node, own]) => [...modes]
      .filter(mode => !own.has(mode) && !unstartedModes.has(`${node} ${mode}`))
      .map((mode): [string, ProbeStatement] => [node, missingStatement(mode)]));
    return [...unstarted, ...silent];
  }
}

function byWeight(one: ProbeGroup, other: ProbeGroup): number {
  return Number(other.isProblem) - Number(one.isProblem) || other.nodes.length - one.nodes.length || (one.says < other.says ? -1 : 1);
}

function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort(COLLATOR.compare);
}
