import { elements, fields } from './fields';
import { ManifestPod, readManifestPod } from './pod';
import { podTemplatesIn } from './pod-templates';
import { ManifestProfile, profilesIn, WholeDocument } from './profiles';
import { LintFinding } from '../lint/finding';

/** The kind, name and namespace of a resource. */
export interface ResourceName {
  readonly kind: string;
  /** Empty if the resource has none. */
  readonly name: string;
  /** Undefined if the resource names none: then it is applied to the current namespace. */
  readonly namespace?: string;
}

/** A profile in a resource with lint's findings. */
export interface JudgedProfile {
  /** Keys that lead to its text, or to its fields. */
  readonly keys: readonly string[];
  readonly findings: readonly LintFinding[];
}

/** Judges a profile. */
export type JudgeProfile = (profile: ManifestProfile) => readonly LintFinding[];

/** A resource as the rules read it. */
export interface ManifestResource extends ResourceName {
  readonly apiVersion: string;
  readonly value: unknown;
  /** Pod templates in it; for a Pod, the pod itself. */
  readonly pods: readonly ManifestPod[];
  readonly profiles: readonly JudgedProfile[];
  readonly uid?: string;
  /** Uid of its controller, such as the ReplicaSet of a Pod. */
  readonly controllerUid?: string;
}

/** Returns the name of a resource; a document that is not a resource has an empty kind. */
export function resourceName(value: unknown): ResourceName {
  const { kind, metadata } = fields(value);
  const { name, generateName, namespace } = fields(metadata);
  return { kind: nonEmptyText(kind) ?? '', name: nonEmptyText(name) ?? nonEmptyText(generateName) ?? '', namespace: nonEmptyText(namespace) };
}

/** @param whole facts about a value that is a document; such a value may be a profile */
export function readResource(value: unknown, judge: JudgeProfile, whole?: WholeDocument): ManifestResource {
  const { apiVersion } = fields(value);
  const profiles = profilesIn(value, whole);
  const { uid, ownerReferences } = fields(fields(value).metadata);
  const controller = elements(ownerReferences).map(fields).find(each => each.controller === true);
  return {
    apiVersion: nonEmptyText(apiVersion) ?? '',
    // A document that is a profile is not a resource, even if it has a kind.
    ...profiles.some(({ keys }) => keys.length === 0) ? resourceName(undefined) : resourceName(value),
    value,
    pods: podTemplatesIn(value).map(readManifestPod),
    profiles: profiles.map(profile => ({ keys: profile.keys, findings: judge(profile) })),
    uid: nonEmptyText(uid),
    controllerUid: nonEmptyText(controller?.uid),
  };
}

/** Returns the namespace; without one, kubectl's default. */
export function namespaceOf({ namespace }: Pick<ResourceName, 'namespace'>): string {
  return namespace ?? 'default';
}

/** `Deployment infer/engine`. */
export function formatResource({ kind, namespace, name }: ResourceName): string {
  if (kind === '') return 'profile';
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || 'without a name'}`;
}

/** Returns the items of a list, or the document itself, each with the keys that lead to it. */
export function itemsOf(document: unknown, keys: readonly string[] = []): { readonly value: unknown; readonly keys: readonly string[] }[] {
  const { kind, apiVersion, items } = fields(document);
  if (!Array.isArray(items)) return [{ value: document, keys }];
  return items.flatMap((item, index) => itemsOf(withKind(item, kind, apiVersion), [...keys, 'items', String(index)]));
}

/** Adds the kind to an item of a list such as PodList: the API server prints such items without it. */
export function withKind(item: unknown, listKind: unknown, apiVersion: unknown): unknown {
  const kind = /^(.+)List$/.exec(String(listKind))?.[1];
  if (!kind || typeof item !== 'object' || item === null || fields(item).kind !== undefined) return item;
  return { apiVersion, kind, ...item };
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
