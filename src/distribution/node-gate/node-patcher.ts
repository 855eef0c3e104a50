import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { nodePatchRules } from './node-patch-rules';
import { InputError } from '../../private/errors';
import { removeNamespace } from '../../workloads/cluster-scoped';

/** A ServiceAccount that may patch nodes, and nothing else; where it is narrowed, only the labels of this library on the node of its pod. */
export class NodePatcher extends Construct {
  public readonly serviceAccountName: string;

  /**
   * @throws if neither the metadata nor the chart has a namespace
   */
  public constructor(scope: Construct, id: string, metadata: k8s.ObjectMeta, isNarrowed: boolean) {
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
    const policy = isNarrowed ? this.narrow(metadata, namespace, account.name) : [];
    [role, binding, ...policy].forEach(removeNamespace);
    // The policy narrows the right before the binding grants it.
    binding.addDependency(role, account, ...policy);
    this.serviceAccountName = account.name;
  }

  private narrow(metadata: k8s.ObjectMeta, namespace: string, account: string): ApiObject[] {
    const apiVersion = 'admissionregistration.k8s.io/v1';
    const policy = new ApiObject(this, `Policy-${namespace}`, {
      apiVersion, kind: 'ValidatingAdmissionPolicy', metadata, spec: nodePatchRules(`system:serviceaccount:${namespace}:${account}`),
    });
    const binding = new ApiObject(this, `PolicyBinding-${namespace}`, {
      apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata, spec: { policyName: policy.name, validationActions: ['Deny'] },
    });
    return [policy, binding];
  }
}
