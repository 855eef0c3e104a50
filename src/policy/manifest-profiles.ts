/** A profile that a manifest carries. */
export interface ManifestProfile {
  /** Name of the resource. */
  readonly resourceName: string;
  /** Where in the resource: `data["app.json"]`, `spec`. */
  readonly location: string;
  /** The profile as JSON. */
  readonly text: string;
}

/** Fields of a SeccompProfile of the Security Profiles Operator that are not of the OCI profile in it. */
const OPERATOR_FIELDS = ['baseProfileName', 'state', 'disabled', 'targetWorkload'];

/**
 * The seccomp profiles in one resource, or in the items of a List.
 *
 * @see https://github.com/kubernetes-sigs/security-profiles-operator/blob/v1.0.0/api/seccompprofile/v1/seccompprofile_types.go
 */
export function profilesIn(resource: any): ManifestProfile[] {
  if (Array.isArray(resource?.items)) return resource.items.flatMap(profilesIn);
  const resourceName = String(resource?.metadata?.name ?? '');
  if (resource?.kind === 'ConfigMap') {
    return Object.entries(resource.data ?? {})
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && isProfileText(entry[1]))
      .map(([key, text]) => ({ resourceName, location: `data[${JSON.stringify(key)}]`, text }));
  }
  if (resource?.kind === 'SeccompProfile' && String(resource.apiVersion).startsWith('security-profiles-operator.x-k8s.io/')) {
    const spec = Object.fromEntries(Object.entries(resource.spec ?? {}).filter(([key]) => !OPERATOR_FIELDS.includes(key)));
    return [{ resourceName, location: 'spec', text: JSON.stringify(spec) }];
  }
  return [];
}

/** Whether text is meant as a profile. A broken one is, too: that is what has to be said about it. */
export function isProfileText(text: string): boolean {
  return /^\s*\{/.test(text) && /"(defaultAction|syscalls)"\s*:/.test(text);
}
