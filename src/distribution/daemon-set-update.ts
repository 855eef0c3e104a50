import { k8s, PercentOrAbsolute } from 'cdk8s-plus-28';
import { check, instanceOf } from '../private/arguments';
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
    check(instanceOf(PercentOrAbsolute, 'a PercentOrAbsolute such as PercentOrAbsolute.percent(10)'), maxUnavailable, 'maxUnavailable');
    if (maxUnavailable.isZero()) {
      throw new InputError('maxUnavailable 0 would never update a node, expected at least 1 or 1 %');
    }
    return new DaemonSetUpdate(toIntOrString(maxUnavailable.value));
  }

  /** A node is updated when somebody deletes its pod. */
  public static onDelete(): DaemonSetUpdate {
    return new DaemonSetUpdate();
  }

  private constructor(private readonly nodesAtATime?: k8s.IntOrString) {}

  /** @internal */
  public _toKube(): k8s.DaemonSetUpdateStrategy {
    return this.nodesAtATime ? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: this.nodesAtATime } } : { type: 'OnDelete' };
  }

  /**
   * The same, but the new pod of a node is ready before the old one ends.
   *
   * @internal
   */
  public _withSurge(): k8s.DaemonSetUpdateStrategy {
    if (!this.nodesAtATime) {
      throw new InputError('update onDelete cannot stand with onDelete REMOVE: a pod that is deleted takes the profiles away before the next one has started, '
        + 'expected a rolling update');
    }
    return { type: 'RollingUpdate', rollingUpdate: { maxSurge: this.nodesAtATime, maxUnavailable: k8s.IntOrString.fromNumber(0) } };
  }
}

function toIntOrString(value: string | number): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
