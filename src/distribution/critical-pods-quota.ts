import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PriorityClassQuota } from './priority-class-quota';

/** More pods than any cluster has: the quota has to exist, not to limit. */
const NO_LIMIT = '1G';

/**
 * Adds the quota that a DaemonSet with a priority class needs in a cluster that limits such classes.
 *
 * By default only classes of the system get one, and not in kube-system, where a cluster that limits them has its own.
 */
export function addPriorityClassQuota(
  scope: Construct, metadata: k8s.ObjectMeta, namespace: string | undefined, priorityClass: string, choice?: PriorityClassQuota,
): k8s.KubeResourceQuota | undefined {
  const isNeeded = priorityClass.startsWith('system-') && namespace !== 'kube-system';
  if ((choice ?? (isNeeded ? PriorityClassQuota.OWN : PriorityClassQuota.NONE)) === PriorityClassQuota.NONE) return undefined;
  return new k8s.KubeResourceQuota(scope, 'Quota', {
    metadata,
    spec: {
      hard: { pods: k8s.Quantity.fromString(NO_LIMIT) },
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [priorityClass] }] },
    },
  });
}
