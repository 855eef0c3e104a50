import { k8s, PercentOrAbsolute } from 'cdk8s-plus-28';
import { check, instanceOf } from '../private/arguments';
import { InputError } from '../private/errors';

/**
 * Update strategy of a DaemonSet: the way it replaces its pods when a profile, and so its template, changes.
 *
 * @see https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
 */
export class DaemonSetUpdate {
  /**
   * Updates a few nodes at a time; the next ones follow when these are ready.
   *
   * @param maxUnavailable number or percentage of nodes that may be without a ready pod at the same time
   * @throws if it is zero
   */
  public static rolling(maxUnavailable: PercentOrAbsolute): DaemonSetUpdate {
    check(instanceOf(PercentOrAbsolute, 'a PercentOrAbsolute such as PercentOrAbsolute.percent(10)'), maxUnavailable, 'maxUnavailable');
    if (maxUnavailable.isZero()) {
      throw new InputError('maxUnavailable 0 would never update a node, expected at least 1 or 1 %');
    }
    return new DaemonSetUpdate(toIntOrString(maxUnavailable.value));
  }

  /** Updates a node when its pod is deleted. */
  public static onDelete(): DaemonSetUpdate {
    return new DaemonSetUpdate();
  }

  private constructor(private readonly nodesAtATime?: k8s.IntOrString) {}

  /** @internal */
  public _toKube(): k8s.DaemonSetUpdateStrategy {
    return this.nodesAtATime ? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: this.nodesAtATime } } : { type: 'OnDelete' };
  }

  /**
   * The same strategy, with the new pod of a node ready before the old one ends.
   *
   * @internal
   */
  public _withSurge(): k8s.DaemonSetUpdateStrategy {
    if (!this.nodesAtATime) {
      throw new InputError('update onDelete does not work with onDelete REMOVE, expected a rolling update: '
        + 'a deleted pod would remove the profiles before the next one has started');
    }
    return { type: 'RollingUpdate', rollingUpdate: { maxSurge: this.nodesAtATime, maxUnavailable: k8s.IntOrString.fromNumber(0) } };
  }
}

function toIntOrString(value: string | number): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
