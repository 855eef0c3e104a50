/**
 * Treatment of the profiles on the nodes when their DaemonSet is deleted.
 */
export enum ProfilesOnDelete {
  /** Keeps the profiles: pods that use them can start again. */
  RETAIN = 'retain',

  /**
   * Removes the files that the DaemonSet wrote, when the last pod on a node ends. A pod does not know why it ends, so a shutdown of the node or a deleted pod
   * removes the profiles too, until the next pod has started. Containers that name one of them fail to start in that time and are retried.
   */
  REMOVE = 'remove',
}
