/** Result of a thread probe for a mode on a node: a line that assets/thread-probe.py or thread-probe.sh prints. */
export interface ProbeLine {
  readonly node: string;
  readonly mode: string;
  readonly verdict: string;
  /** Time of the result, as RFC 3339 in UTC. */
  readonly time?: string;
  readonly architecture?: string;
  readonly kernel?: string;
  readonly libc?: string;
  /** `sh`, or the version of Python. */
  readonly by?: string;
  /** `Seccomp:` of /proc/self/status: 0 without a filter, 2 with one. */
  readonly seccomp?: number;
  /** `ok`, the name of an errno, or the signal that ended the process that tried it. */
  readonly clone3?: string;
  readonly clone?: string;
  readonly thread?: string;
}

/** Container that printed a line, if the log names it. */
export interface ProbeSource {
  readonly pod: string;
  readonly container: string;
}

/** Message of kubectl about a container that has no log. */
export interface UnstartedContainer extends ProbeSource {
  readonly reason: string;
}

/** Content of a line of a log, for the report; empty for a line that is not from a probe. */
export interface LogLine {
  readonly result?: ProbeLine;
  readonly source?: ProbeSource;
  readonly unstarted?: UnstartedContainer;
  /** True for an incomplete line of a probe. */
  readonly isBroken?: boolean;
}

const BEGINNING = '{"probe":"thread-probe/';
const VERSION = 'thread-probe/1';
/** End of a line, for lines whose beginning is lost. */
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
