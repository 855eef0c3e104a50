import { JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { InputError } from '../private/errors';

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
        + 'the ClusterRoleBinding has to name the namespace of the ServiceAccount');
    }
    const role = new k8s.KubeClusterRole(this, 'ClusterRole', {
      metadata,
      rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['patch'] }],
    });
    // The name comes from the id: the same chart in another namespace gets a binding of its own and does not overwrite this one.
    const binding = new k8s.KubeClusterRoleBinding(this, `ClusterRoleBinding-${namespace}`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: account.name, namespace }],
    });
    // Both belong to the cluster, but cdk8s gives every object the namespace of the chart.
    [role, binding].forEach(resource => resource.addJsonPatch(JsonPatch.remove('/metadata/namespace')));
    binding.addDependency(role, account);
    this.serviceAccountName = account.name;
  }
}
