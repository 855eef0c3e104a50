/**
 * What becomes of the profiles on the nodes when their DaemonSet is deleted.
 */
export enum ProfilesOnDelete {
  /** They stay: pods that use them can start again. */
  RETAIN = 'retain',

  /**
   * Each node's last pod removes what the DaemonSet wrote there. It cannot tell why it ends, so a node that is shut down or a pod that is
   * deleted takes the profiles away too, until the next pod has started. Containers that name one of them fail to start meanwhile and are retried.
   */
  REMOVE = 'remove',
}
