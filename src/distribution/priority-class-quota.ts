/**
 * Whether a DaemonSet brings a ResourceQuota for its priority class.
 *
 * Some clusters, GKE among them, let pods use a priority class of the system only in namespaces with a ResourceQuota for it. Without one a
 * DaemonSet gets no pod there: "insufficient quota to match these scopes".
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default
 */
export enum PriorityClassQuota {
  /**
   * One that lets in as many pods of the class as there may be. Where priority classes are not limited it changes nothing. Whoever applies it has to
   * be allowed to create ResourceQuotas.
   */
  OWN = 'own',

  /** None: the namespace has one already, or the cluster asks for none. */
  NONE = 'none',
}
