import { PROFILE_FIELDS } from '../profile/parse';

/** A profile that a manifest carries. */
export interface ManifestProfile {
  /** Name of the resource. */
  readonly resourceName: string;
  /** Where in the resource: `data["app.json"]`, `spec`. */
  readonly location: string;
  /** The profile as JSON. */
  readonly text: string;
  /** Whether an operator adds the rules of another profile to it. */
  readonly isPart: boolean;
}

/** Fields of a SeccompProfile of the Security Profiles Operator, of any of its versions, that are not of the OCI profile in it. */
const OPERATOR_FIELDS: readonly string[] = ['baseProfileName', 'state', 'disabled', 'targetWorkload'];
const PROFILE_KEYS: readonly string[] = [...PROFILE_FIELDS.required, ...PROFILE_FIELDS.optional];

/** Whether a field of the specification of a SeccompProfile resource is meant as one of the profile. What other operators add is theirs. */
export function isProfileField(apiVersion: string, key: string): boolean {
  return isOfOperator(apiVersion) ? !OPERATOR_FIELDS.includes(key) : PROFILE_KEYS.includes(key);
}

function isOfOperator(apiVersion: string): boolean {
  return apiVersion.startsWith('security-profiles-operator.x-k8s.io/');
}

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
      .map(([key, text]) => ({ resourceName, location: `data[${JSON.stringify(key)}]`, text, isPart: false }));
  }
  if (resource?.kind === 'SeccompProfile' && resource.spec !== undefined) {
    const spec = Object.fromEntries(Object.entries(resource.spec ?? {}).filter(([key]) => isProfileField(String(resource.apiVersion), key)));
    return [{ resourceName, location: 'spec', text: JSON.stringify(spec), isPart: Boolean(resource.spec?.baseProfileName) }];
  }
  return [];
}

/** Whether text is meant as a profile. A broken one is, too: that is what has to be said about it. */
export function isProfileText(text: string): boolean {
  return /^\s*\{/.test(text) && /"(defaultAction|syscalls)"\s*:/.test(text);
}
