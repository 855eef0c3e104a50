import { elements, fields } from './fields';
import { ManifestPod, readManifestPod } from './pod';
import { podTemplatesIn } from './pod-templates';
import { ManifestProfile, profilesIn, WholeDocument } from './profiles';
import { LintFinding } from '../lint/finding';

/** A resource by its name. */
export interface ResourceName {
  readonly kind: string;
  /** Empty if it has none. */
  readonly name: string;
  /** Undefined if it says none: then it is where it is applied. */
  readonly namespace?: string;
}

/** A profile in a resource, and what lint says about it. */
export interface JudgedProfile {
  /** What leads to its text, or to its fields. */
  readonly keys: readonly string[];
  readonly findings: readonly LintFinding[];
}

/** Judges a profile. */
export type JudgeProfile = (profile: ManifestProfile) => readonly LintFinding[];

/** A resource as the rules look at it. */
export interface ManifestResource extends ResourceName {
  readonly apiVersion: string;
  readonly value: unknown;
  /** Every pod template in it, itself for a Pod. */
  readonly pods: readonly ManifestPod[];
  readonly profiles: readonly JudgedProfile[];
  readonly uid?: string;
  /** The uid of what made it and sees to it that it stays so, such as the ReplicaSet of a Pod. */
  readonly controllerUid?: string;
}

/** How a resource is called; a document that is none has an empty kind. */
export function resourceName(value: unknown): ResourceName {
  const { kind, metadata } = fields(value);
  const { name, generateName, namespace } = fields(metadata);
  return { kind: nonEmptyText(kind) ?? '', name: nonEmptyText(name) ?? nonEmptyText(generateName) ?? '', namespace: nonEmptyText(namespace) };
}

/** @param whole what is known of it, if it is a document by itself, which may be a profile and no resource */
export function readResource(value: unknown, judge: JudgeProfile, whole?: WholeDocument): ManifestResource {
  const { apiVersion } = fields(value);
  const profiles = profilesIn(value, whole);
  const { uid, ownerReferences } = fields(fields(value).metadata);
  const controller = elements(ownerReferences).map(fields).find(each => each.controller === true);
  return {
    apiVersion: nonEmptyText(apiVersion) ?? '',
    // A profile by itself is no resource, whatever it says.
    ...profiles.some(({ keys }) => keys.length === 0) ? resourceName(undefined) : resourceName(value),
    value,
    pods: podTemplatesIn(value).map(readManifestPod),
    profiles: profiles.map(profile => ({ keys: profile.keys, findings: judge(profile) })),
    uid: nonEmptyText(uid),
    controllerUid: nonEmptyText(controller?.uid),
  };
}

/** Where something is that says no namespace: kubectl's default. */
export function namespaceOf({ namespace }: Pick<ResourceName, 'namespace'>): string {
  return namespace ?? 'default';
}

/** `Deployment infer/engine`. */
export function formatResource({ kind, namespace, name }: ResourceName): string {
  if (kind === '') return 'profile';
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || 'without a name'}`;
}

/** One of a resource's own, or the items of a list, each with what leads to it. */
export function itemsOf(document: unknown, keys: readonly string[] = []): { readonly value: unknown; readonly keys: readonly string[] }[] {
  const { kind, apiVersion, items } = fields(document);
  if (!Array.isArray(items)) return [{ value: document, keys }];
  return items.flatMap((item, index) => itemsOf(withKind(item, kind, apiVersion), [...keys, 'items', String(index)]));
}

/** The items of a list that an API server prints itself, such as a PodList, do not say what they are. */
export function withKind(item: unknown, listKind: unknown, apiVersion: unknown): unknown {
  const kind = /^(.+)List$/.exec(String(listKind))?.[1];
  if (!kind || typeof item !== 'object' || item === null || fields(item).kind !== undefined) return item;
  return { apiVersion, kind, ...item };
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
