import { Duration } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { check, instanceOf, optional, structOf } from '../../private/arguments';
import { NODES } from '../../workloads/pod-shapes';

/**
 * Options of `ProbeRun.onEveryNode`.
 */
export interface ProbeNodesOptions {
  /**
   * Labels of the nodes.
   *
   * @default - every Linux node
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Affinity that nodes must match, in addition to the `nodeSelector`.
   *
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Taints that the pods tolerate.
   *
   * @default - every taint: an operator `Exists` without a key
   */
  readonly tolerations?: k8s.Toleration[];
}

/**
 * Options of `ProbeRun.once`.
 */
export interface ProbeOnceOptions extends ProbeNodesOptions {
  /**
   * Maximum time of the pod, including the pull of its image. A container whose Localhost profile is not on the node never starts, and the Job fails after
   * this time.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
}

const ONCE = structOf({ ...NODES, timeout: optional(instanceOf(Duration, 'a Duration such as Duration.minutes(5)')) });

/**
 * Nodes of a `ThreadProbe`, and its end: a DaemonSet on every node or a Job on one.
 */
export class ProbeRun {
  /**
   * Runs a DaemonSet on every node, also on nodes with taints. Each container prints its line and sleeps, so that the logs stay until the probe is deleted.
   *
   * @param options a selection of nodes, if not all
   */
  public static onEveryNode(options: ProbeNodesOptions = {}): ProbeRun {
    return new ProbeRun(check(structOf(NODES), options, 'options'));
  }

  /**
   * Runs a Job on one node. The Job fails unless threads start in every mode, and is not retried; delete it before another run.
   *
   * @param options a selection of nodes, and the maximum time
   */
  public static once(options: ProbeOnceOptions = {}): ProbeRun {
    check(ONCE, options, 'options');
    return new ProbeRun(options, options.timeout?.toSeconds() ?? 30 * 60);
  }

  private constructor(
    /** @internal */
    public readonly _nodes: ProbeNodesOptions,
    /** Maximum time of a Job; undefined for a DaemonSet.
     *
     * @internal
     */
    public readonly _timeoutSeconds?: number,
  ) {}
}
