import { ApiObject, JsonPatch } from 'cdk8s';

/** Removes the namespace from a cluster-scoped resource: cdk8s gives every resource the namespace of its chart. */
export function removeNamespace(resource: ApiObject): void {
  if (resource.metadata.namespace !== undefined) resource.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
}
