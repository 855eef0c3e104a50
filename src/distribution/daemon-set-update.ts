import { k8s, PercentOrAbsolute } from 'cdk8s-plus-28';
import { InputError } from '../private/errors';

/**
 * How a DaemonSet replaces its pods when its template changes, which a changed profile does.
 *
 * @see https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
 */
export class DaemonSetUpdate {
  /**
   * Nodes are updated a few at a time, each after the one before is ready.
   *
   * @param maxUnavailable nodes that may be without a ready pod at the same time
   * @throws if it is zero
   */
  public static rolling(maxUnavailable: PercentOrAbsolute): DaemonSetUpdate {
    if (maxUnavailable.isZero()) {
      throw new InputError('maxUnavailable 0 would never update a node, expected at least 1 or 1 %');
    }
    const value = maxUnavailable.value;
    return new DaemonSetUpdate({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: toIntOrString(value) } });
  }

  /** A node is updated when somebody deletes its pod. */
  public static onDelete(): DaemonSetUpdate {
    return new DaemonSetUpdate({ type: 'OnDelete' });
  }

  private constructor(private readonly strategy: k8s.DaemonSetUpdateStrategy) {}

  /** @internal */
  public _toKube(): k8s.DaemonSetUpdateStrategy {
    return this.strategy;
  }
}

function toIntOrString(value: string | number): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
