/**
 * ResourceQuota for the priority class of a DaemonSet.
 *
 * Some clusters, GKE among them, let pods use a priority class of the system only in namespaces with a ResourceQuota for it. Without one a
 * DaemonSet gets no pod there: "insufficient quota to match these scopes".
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
 */
export enum PriorityClassQuota {
  /**
   * A quota of its own, without a limit that matters. In clusters that do not limit priority classes it changes nothing. The user who applies the manifests
   * needs the right to create ResourceQuotas.
   */
  OWN = 'own',

  /** No quota: the namespace has one already, or the cluster needs none. */
  NONE = 'none',
}
