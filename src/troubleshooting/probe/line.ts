/** What a thread probe has found out about a mode on a node: a line that assets/thread-probe.py or thread-probe.sh prints. */
export interface ProbeLine {
  readonly node: string;
  readonly mode: string;
  readonly verdict: string;
  /** When, as RFC 3339 in UTC. */
  readonly time?: string;
  readonly architecture?: string;
  readonly kernel?: string;
  readonly libc?: string;
  /** `sh`, or the version of Python. */
  readonly by?: string;
  /** `Seccomp:` of /proc/self/status: 0 without a filter, 2 with one. */
  readonly seccomp?: number;
  /** `ok`, the name of an errno, or how whoever tried it ended. */
  readonly clone3?: string;
  readonly clone?: string;
  readonly thread?: string;
}

/** Which container printed a line, if the log tells. */
export interface ProbeSource {
  readonly pod: string;
  readonly container: string;
}

/** What kubectl says of a container that has no log. */
export interface UnstartedContainer extends ProbeSource {
  readonly reason: string;
}

/** What a line of a log is to the report: one of these, or nothing. */
export interface LogLine {
  readonly result?: ProbeLine;
  readonly source?: ProbeSource;
  readonly unstarted?: UnstartedContainer;
  /** It was a line of a probe, and is not whole. */
  readonly isBroken?: boolean;
}

const BEGINNING = '{"probe":"thread-probe/';
const VERSION = 'thread-probe/1';
/** The last of a line whose beginning is lost. */
const END = /"unseen":\[[^\]]*\],"verdict":"[^"]*"\}$/;
const OPTIONAL = ['time', 'architecture', 'kernel', 'libc', 'by', 'clone3', 'clone', 'thread'] as const;

/** Reads a line of `kubectl logs`, with or without `--prefix` or `--timestamps`. */
export function readLogLine(text: string): LogLine {
  const line = text.trimEnd();
  const at = line.indexOf(BEGINNING);
  if (at >= 0) return { ...readResult(line.slice(at)), source: sourceOf(line.slice(0, at)) };
  // @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/kubelet/kubelet_pods.go (validateContainerLogStatus)
  const [, container, pod, reason] = /container "([^"]+)" in pod "([^"]+)" is waiting to start(?:: | - )(.+)$/.exec(line) ?? [];
  if (container) return { unstarted: { container, pod, reason } };
  return END.test(line) ? { isBroken: true } : {};
}

function sourceOf(prefix: string): ProbeSource | undefined {
  const [, pod, container] = /\[pod\/([^/\]]+)\/([^\]]+)\]/.exec(prefix) ?? [];
  return pod ? { pod, container } : undefined;
}

function readResult(json: string): LogLine {
  const value = parse(json);
  if (value?.probe !== VERSION || [value.node, value.mode, value.verdict].some(each => typeof each !== 'string' || each === '')) return { isBroken: true };
  const optional = OPTIONAL.filter(key => typeof value[key] === 'string').map(key => [key, value[key]]);
  return {
    result: {
      node: value.node,
      mode: value.mode,
      verdict: value.verdict,
      ...Object.fromEntries(optional),
      ...typeof value.seccomp === 'number' && { seccomp: value.seccomp },
    },
  };
}

function parse(json: string): any {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
