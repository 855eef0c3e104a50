import { bareProfile, embeddedProfile, fieldsProfile, FoundProfile } from './found-profile';
import { Manifest } from './manifest';
import { readManifests } from './read-manifests';
import { InputError } from '../../private/errors';
import { JsonNode } from '../../private/json';
import { TextFile } from '../input/text-file';

/**
 * The profiles of a file: the file itself, or those in the ConfigMaps and SeccompProfiles of Kubernetes manifests.
 *
 * A file of a directory that cannot be read is passed over, unless it speaks of seccomp.
 */
export function findProfiles(file: TextFile): FoundProfile[] {
  try {
    const profiles = readManifests(file).flatMap(manifest => profilesIn(manifest, file));
    if (profiles.length === 0 && !file.isFound) {
      throw file.error('holds no seccomp profile, expected an OCI profile in JSON, or manifests with a ConfigMap or SeccompProfile that holds one');
    }
    return profiles;
  } catch (error) {
    if (error instanceof InputError && file.isFound && !file.text.includes('SCMP_ACT_')) return [];
    throw error;
  }
}

function profilesIn(manifest: Manifest, file: TextFile): FoundProfile[] {
  const { root } = manifest;
  if (looksLikeProfile(root)) {
    // YAML is for people: what a node reads is JSON.
    if (root.range === undefined) throw file.error('is a profile in YAML, expected JSON: no node reads it like this');
    return [bareProfile(file, manifest)];
  }
  return resources(root).flatMap(resource => profilesOf(resource, manifest, file));
}

function resources(node: JsonNode): JsonNode[] {
  const items = member(node, 'items');
  return items?.kind === 'array' ? items.children.flatMap(([, item]) => resources(item)) : [node];
}

function profilesOf(resource: JsonNode, manifest: Manifest, file: TextFile): FoundProfile[] {
  const kind = text(resource, 'kind');
  const name = `${kind} ${nameOf(resource)}`;
  const spec = member(resource, 'spec');
  if (kind === 'SeccompProfile' && spec?.kind === 'object') return [fieldsProfile(file, name, spec, text(resource, 'apiVersion') ?? '', manifest)];
  if (kind !== 'ConfigMap') return [];
  return (member(resource, 'data')?.children ?? []).flatMap(([key, value]) => {
    const json = value.kind === 'string' ? String(value.scalar) : '';
    return holdsProfile(String(key), json) ? [embeddedProfile(file, `${name}, ${key}`, json, manifest.embedded(value))] : [];
  });
}

function holdsProfile(key: string, json: string): boolean {
  if (!/^\s*\{/.test(json)) return false;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && isProfile(Object.keys(value), Array.isArray((value as Record<string, unknown>).syscalls));
  } catch {
    return key.endsWith('.json') && json.includes('SCMP_ACT_');
  }
}

function looksLikeProfile(node: JsonNode): boolean {
  return node.kind === 'object' && isProfile(node.children.map(([key]) => String(key)), member(node, 'syscalls')?.kind === 'array');
}

/** Go reads the names of fields in any case. */
function isProfile(keys: readonly string[], hasRules: boolean): boolean {
  return !keys.includes('kind') && (hasRules || keys.some(key => key.toLowerCase() === 'defaultaction'));
}

function nameOf(resource: JsonNode): string {
  const metadata = member(resource, 'metadata');
  const name = (metadata && (text(metadata, 'name') ?? text(metadata, 'generateName'))) ?? 'without a name';
  const namespace = metadata && text(metadata, 'namespace');
  return namespace ? `${namespace}/${name}` : name;
}

function text(node: JsonNode, key: string): string | undefined {
  const value = member(node, key);
  return value?.kind === 'string' ? String(value.scalar) : undefined;
}

function member(node: JsonNode, key: string): JsonNode | undefined {
  return node.children.find(([each]) => each === key)?.[1];
}
