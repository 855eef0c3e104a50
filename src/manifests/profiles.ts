import { fields } from './fields';
import { OPERATOR_GROUP } from '../profile/document/operator-resource';
import { PROFILE_FIELDS } from '../profile/document/parse';

/** A profile that a manifest carries. */
export interface ManifestProfile {
  /** What leads to it: `['data', 'app.json']`, `['spec']`. */
  readonly keys: readonly string[];
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
  return apiVersion.startsWith(`${OPERATOR_GROUP}/`);
}

/**
 * The seccomp profiles in one resource.
 *
 * @see https://github.com/kubernetes-sigs/security-profiles-operator/blob/v1.0.0/api/seccompprofile/v1/seccompprofile_types.go
 */
export function profilesIn(resource: unknown): ManifestProfile[] {
  const { apiVersion, kind, data, spec } = fields(resource);
  if (kind === 'ConfigMap') {
    return Object.entries(fields(data))
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && isProfileText(entry[1]))
      .map(([key, text]) => ({ keys: ['data', key], text, isPart: false }));
  }
  if (kind === 'SeccompProfile' && typeof spec === 'object' && spec !== null) {
    const profile = Object.fromEntries(Object.entries(spec).filter(([key]) => isProfileField(String(apiVersion), key)));
    return [{ keys: ['spec'], text: jsonText(profile), isPart: Boolean(fields(spec).baseProfileName) }];
  }
  return [];
}

/** The paths below the kubelet's seccomp directory to which the Security Profiles Operator writes a profile, from 0.9 and before that. */
export function operatorPaths(resource: unknown): string[] {
  const { apiVersion, kind, metadata, spec } = fields(resource);
  if (kind !== 'SeccompProfile' || !isOfOperator(String(apiVersion)) || fields(spec).state === 'Disabled' || fields(spec).disabled === true) return [];
  const { name, namespace } = fields(metadata);
  const namespaces = apiVersion === `${OPERATOR_GROUP}/v1` ? [] : [namespace ?? 'default'];
  return ['operator', ...namespaces.map(each => `operator/${String(each)}`)].map(directory => `${directory}/${String(name)}.json`);
}

/** Whether text is meant as a profile. A broken one is, too: that is what has to be said about it. */
export function isProfileText(text: string): boolean {
  return /^\s*\{/.test(text) && /"(defaultAction|syscalls)"\s*:/.test(text);
}

/** Numbers of a profile go up to 64 bits. */
function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`).join(',')}}`;
}
