import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PriorityClassQuota } from './priority-class-quota';

/** More pods than any cluster has: the quota is there to be found, not to limit. */
const NO_LIMIT = '1G';

/**
 * The quota that a DaemonSet with a priority class needs where such classes are limited.
 *
 * It is for classes of the system unless somebody chose, and not in kube-system, where a cluster that limits them has one itself.
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
