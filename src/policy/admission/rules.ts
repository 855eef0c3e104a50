/**
 * Returns the requests that a policy on pods has to judge.
 *
 * For pods these are their creation and later ephemeral containers: no other part of an existing pod that concerns seccomp can change, and controllers
 * must be able to remove finalizers. With exempt images they include updates, which can change an image.
 */
export function podRules(hasExemptImages: boolean): readonly object[] {
  return [
    rule('', ['pods'], hasExemptImages ? ['CREATE', 'UPDATE'] : ['CREATE']),
    rule('', ['pods/ephemeralcontainers'], ['UPDATE']),
    rule('', ['replicationcontrollers'], ['CREATE', 'UPDATE']),
    rule('apps', ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], ['CREATE', 'UPDATE']),
    rule('batch', ['cronjobs', 'jobs'], ['CREATE', 'UPDATE']),
  ];
}

function rule(group: string, resources: readonly string[], operations: readonly string[]): object {
  return { apiGroups: [group], apiVersions: ['v1'], resources, operations, scope: 'Namespaced' };
}
