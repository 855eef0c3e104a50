/**
 * What a policy on pods has to see.
 *
 * Of pods that is their creation, and the ephemeral containers that they get later: nothing else of an existing pod that concerns seccomp can change,
 * and controllers must be able to remove its finalizers. With exempt images it is also the update, which can change an image.
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
