/**
 * Changes to nodes that the API server allows the pods of a DaemonSet with `NodeGate.nodeLabel`, whose ServiceAccount may patch nodes.
 */
export enum NodePatchPolicy {
  /**
   * The labels of this library, on the pod's own node: a ValidatingAdmissionPolicy refuses everything else. It needs Kubernetes 1.30, the first that
   * serves `admissionregistration.k8s.io/v1` and whose tokens name their node.
   */
  OWN_LABELS = 'own-labels',

  /** Every change on every node: an attacker on one node can change them all. For clusters before Kubernetes 1.30. */
  UNRESTRICTED = 'unrestricted',
}
