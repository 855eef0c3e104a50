import { Fields, fields, isPlainObject } from './fields';
import { InputError } from '../private/errors';
import { JsonNode, readJson } from '../private/json';
import { OPERATOR_GROUP } from '../profile/document/operator-resource';
import { PROFILE_FIELDS } from '../profile/document/parse';

/** A profile inside a manifest, or a document that is a profile. */
export interface ManifestProfile {
  /** Keys that lead to it: `['data', 'app.json']`, `['spec']`; empty if it is the document. */
  readonly keys: readonly string[];
  /** The profile as JSON. */
  readonly text: string;
  /** True if an operator adds the rules of another profile to it. */
  readonly isPartial: boolean;
  /** The reason why no node can read it, if it is a better one than the JSON error. */
  readonly fault?: string;
}

/** Facts about a value that is a document, not an item of a list. */
export interface WholeDocument {
  /** Text of the document, if it is JSON. */
  readonly json?: string;
}

/** Fields that a SeccompProfile of any version of the Security Profiles Operator has in addition to the OCI profile. */
const OPERATOR_FIELDS: readonly string[] = ['baseProfileName', 'state', 'disabled', 'targetWorkload'];
const PROFILE_KEYS: readonly string[] = [...PROFILE_FIELDS.required, ...PROFILE_FIELDS.optional];

/**
 * Finds profiles: the seccomp profiles in a resource, or the document itself. Broken profiles are found too, so that they are reported.
 *
 * @see https://github.com/kubernetes-sigs/security-profiles-operator/blob/v1.0.0/api/seccompprofile/v1/seccompprofile_types.go
 */
export function profilesIn(resource: unknown, whole?: WholeDocument): ManifestProfile[] {
  if (!isPlainObject(resource)) return [];
  if (resource.kind === 'ConfigMap') return profilesInConfigMap(resource);
  if (resource.kind === 'SeccompProfile' && (isOfOperator(String(resource.apiVersion)) || isPlainObject(resource.spec))) return [operatorProfile(resource)];
  return whole && isProfile(resource) ? bareProfile(resource, whole) : [];
}

function profilesInConfigMap({ data, binaryData }: Fields): ManifestProfile[] {
  return [
    ...textsIn(data).map(([key, text]) => ({ keys: ['data', key], text })),
    // Keys of both fields become files.
    ...textsIn(binaryData).map(([key, base64]) => ({ keys: ['binaryData', key], text: Buffer.from(base64, 'base64').toString() })),
  ].flatMap(({ keys, text }) => isProfileText(keys[1], text) ? [{ keys, text, isPartial: false, fault: faultOf(text) }] : []);
}

function textsIn(data: unknown): [string, string][] {
  return Object.entries(isPlainObject(data) ? data : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

/** Reads the profile in a resource of an operator, without the fields that the operator adds. */
function operatorProfile({ apiVersion, spec = {} }: Fields): ManifestProfile {
  const isFields = isPlainObject(spec);
  const isOwn = (key: string) => isOfOperator(String(apiVersion)) ? !OPERATOR_FIELDS.includes(key) : PROFILE_KEYS.includes(key);
  const own = isFields ? Object.fromEntries(Object.entries(spec).filter(([key]) => isOwn(key))) : spec;
  return { keys: ['spec'], text: jsonText(own), isPartial: isFields && Boolean(spec.baseProfileName) };
}

function bareProfile(value: object, { json }: WholeDocument): ManifestProfile[] {
  if (json !== undefined) return [{ keys: [], text: json, isPartial: false, fault: faultOf(json) }];
  // Many YAML documents have a field called syscalls.
  const text = jsonText(value);
  return text.includes(ACTION) ? [{ keys: [], text, isPartial: false, fault: IN_YAML }] : [];
}

function isOfOperator(apiVersion: string): boolean {
  return apiVersion.startsWith(`${OPERATOR_GROUP}/`);
}

/**
 * @throws if no node can read it
 */
export function readProfile({ text, fault }: Pick<ManifestProfile, 'text' | 'fault'>): JsonNode {
  if (fault !== undefined) throw new InputError(fault);
  return readJson(text);
}

/** Returns the paths to which the Security Profiles Operator writes a profile, from 0.9 on and before, below the kubelet's seccomp directory. */
export function operatorPaths(resource: unknown): string[] {
  const { apiVersion, kind, metadata, spec } = fields(resource);
  if (kind !== 'SeccompProfile' || !isOfOperator(String(apiVersion)) || fields(spec).state === 'Disabled' || fields(spec).disabled === true) return [];
  const { name, namespace } = fields(metadata);
  const namespaces = apiVersion === `${OPERATOR_GROUP}/v1` ? [] : [namespace ?? 'default'];
  return ['operator', ...namespaces.map(each => `operator/${String(each)}`)].map(directory => `${directory}/${String(name)}.json`);
}

const ACTION = 'SCMP_ACT_';
const IN_YAML = 'is a profile in YAML, expected JSON: no runtime reads YAML';
/** Names of fields: Go reads them in any case. */
const FIELD = /"(?:defaultAction|syscalls)"\s*:/i;
const YAML_FIELD = /^(["']?)defaultAction\1\s*:\s*["']?SCMP_ACT_/im;
const HINT = /defaultAction|syscalls|SCMP_ACT_|\\u00/i;

/** True if the text of a key is meant to be a profile. */
function isProfileText(key: string, written: string): boolean {
  // Text in UTF-16, as PowerShell writes it.
  const text = written.includes('\0') ? written.replace(/\0/g, '') : written;
  if (!HINT.test(text)) return false;
  const value = parsed(text);
  if (value !== undefined) return isProfile(value);
  const isJson = /^[^\w"'[\]]*\{|^\s*(?:(?:\/\/|#).*\s+)+\{/.test(text);
  return isJson ? FIELD.test(text) || text.includes(ACTION) : YAML_FIELD.test(text) || (/\.json$/i.test(key) && text.includes(ACTION));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True if a value is a profile. A value with both `apiVersion` and `kind` is a resource; one of them alone is an unknown field of a profile. */
export function isProfile(value: unknown): boolean {
  if (!isPlainObject(value) || ('apiVersion' in value && 'kind' in value)) return false;
  return Object.keys(value).some(key => ['defaultaction', 'syscalls'].includes(key.toLowerCase()));
}

function faultOf(text: string): string | undefined {
  if (text.includes('\0')) return 'is UTF-16 or UTF-32, expected UTF-8: no runtime reads another encoding';
  if (text.startsWith('\ufeff')) return 'begins with a byte order mark, expected none: no runtime skips it';
  return YAML_FIELD.test(text) && !/^\s*\{/.test(text) ? IN_YAML : undefined;
}

/** Prints a value as JSON. Numbers of a profile have up to 64 bits. */
function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`).join(',')}}`;
}
