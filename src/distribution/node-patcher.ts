import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { InputError } from '../private/errors';
import { removeNamespace } from '../workloads/cluster-scoped';

/** A ServiceAccount that may patch nodes, and nothing else. */
export class NodePatcher extends Construct {
  public readonly serviceAccountName: string;

  /**
   * @throws if neither the metadata nor the chart has a namespace
   */
  public constructor(scope: Construct, id: string, metadata: k8s.ObjectMeta) {
    super(scope, id);
    const account = new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
    const { namespace } = account.metadata;
    if (!namespace) {
      throw new InputError('nodeGate nodeLabel needs a namespace, expected one here or in the chart: '
        + 'the ClusterRoleBinding has to say in which one the ServiceAccount is');
    }
    const role = new k8s.KubeClusterRole(this, 'ClusterRole', {
      metadata,
      rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['patch'] }],
    });
    // The name comes from the id: the same chart in another namespace has another binding, and does not take over this one.
    const binding = new k8s.KubeClusterRoleBinding(this, `ClusterRoleBinding-${namespace}`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: account.name, namespace }],
    });
    [role, binding].forEach(removeNamespace);
    binding.addDependency(role, account);
    this.serviceAccountName = account.name;
  }
}
