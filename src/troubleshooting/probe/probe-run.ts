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
   * Further demands on the nodes, besides the `nodeSelector`: both have to hold.
   *
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Taints that do not keep the pods away.
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
   * How long the pod may take, with the pull of its image. A container whose Localhost profile is not on the node never starts, and the Job fails when this
   * is over.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
}

const ONCE = structOf({ ...NODES, timeout: optional(instanceOf(Duration, 'a Duration such as Duration.minutes(5)')) });

/**
 * Where a `ThreadProbe` runs, and how it ends.
 */
export class ProbeRun {
  /**
   * A DaemonSet: on every node, also on those with taints. Each container prints its line and sleeps, so that the logs stay until the probe is deleted.
   *
   * @param options which nodes, if not all
   */
  public static onEveryNode(options: ProbeNodesOptions = {}): ProbeRun {
    return new ProbeRun(check(structOf(NODES), options, 'options'));
  }

  /**
   * A Job: on one node, which fails unless threads start in every mode. It is not tried again; for another run, delete it first.
   *
   * @param options which nodes, and how long it may take
   */
  public static once(options: ProbeOnceOptions = {}): ProbeRun {
    check(ONCE, options, 'options');
    return new ProbeRun(options, options.timeout?.toSeconds() ?? 30 * 60);
  }

  private constructor(
    /** @internal */
    public readonly _nodes: ProbeNodesOptions,
    /** Undefined where it stays.
     *
     * @internal
     */
    public readonly _timeoutSeconds?: number,
  ) {}
}
