import { elements, Fields, fields } from './fields';
import { NodeDemands, nodeDemands } from './nodes';
import { PodTemplate } from './pod-templates';
import { show } from '../private/errors';
import { localhostPathFault } from '../private/localhost-path';
import { CONTAINER_ANNOTATION, POD_ANNOTATION } from '../private/seccomp-annotations';

/** A seccompProfile as it is written. */
export interface WrittenProfile {
  /** Empty if it is missing or not a text. */
  readonly type: string;
  /** The value as written; undefined if it is missing or null, which mean the same. */
  readonly localhostProfile: unknown;
  /** Keys that lead to it. */
  readonly keys: readonly string[];
  /** True for a list, where an API server expects an object. */
  readonly isList: boolean;
}

export interface ManifestContainer {
  readonly kind: 'initContainer' | 'container' | 'ephemeralContainer';
  readonly name: string;
  readonly keys: readonly string[];
  /** All fields of the container. */
  readonly value: Fields;
  /** Profile of the container itself. */
  readonly own?: WrittenProfile;
  /** Profile of the container, or else of the pod. */
  readonly effective?: WrittenProfile;
  readonly isPrivileged: boolean;
  /** Value of the container's or the pod's seccomp annotation, which Kubernetes does not read any more. */
  readonly annotation?: string;
}

/** The fields of a pod or a pod template that concern seccomp; the only reader of pods. */
export interface PodView {
  readonly keys: readonly string[];
  readonly template: PodTemplate;
  readonly profile?: WrittenProfile;
  /** Containers in the order in which they start. */
  readonly containers: readonly ManifestContainer[];
  /** Value of `os.name`, of any type. */
  readonly os: unknown;
  /** True if `os.name` or the node selector says Windows. */
  readonly isWindows: boolean;
  /** All annotations of the pod. */
  readonly annotations: Fields;
}

/** A pod as the rules read it. */
export interface ManifestPod extends PodView {
  readonly nodes: NodeDemands;
}

const KINDS = { initContainers: 'initContainer', containers: 'container', ephemeralContainers: 'ephemeralContainer' } as const;
/** Fields of a pod spec that hold containers. */
export const CONTAINER_LISTS = Object.keys(KINDS) as readonly (keyof typeof KINDS)[];

export function readManifestPod(template: PodTemplate): ManifestPod {
  return { ...readPod(template), nodes: nodeDemands(template.spec) };
}

export function readPod(template: PodTemplate): PodView {
  const { keys, metadata, spec } = template;
  const annotations = fields(fields(metadata).annotations);
  const profile = writtenProfile(spec, keys);
  const containers = CONTAINER_LISTS.flatMap(list => elements(spec[list]).map((each, index): ManifestContainer => {
    const value = fields(each);
    const place = [...keys, list, String(index)];
    const own = writtenProfile(value, place);
    const annotation = annotations[CONTAINER_ANNOTATION + nameOf(value)] ?? annotations[POD_ANNOTATION];
    return {
      kind: KINDS[list],
      name: nameOf(value),
      keys: place,
      value,
      own,
      effective: own ?? profile,
      isPrivileged: fields(value.securityContext).privileged === true,
      annotation: typeof annotation === 'string' ? annotation : undefined,
    };
  }));
  const os = fields(spec.os).name;
  const isWindows = os === 'windows' || fields(spec.nodeSelector)['kubernetes.io/os'] === 'windows';
  return { keys, template, profile, containers, os, isWindows, annotations };
}

/** Returns the name; empty if it is missing or an object. */
export function nameOf({ name }: Fields): string {
  return typeof name === 'object' ? '' : String(name ?? '');
}

/** Reads a seccompProfile. The API server treats null as absent. */
function writtenProfile({ securityContext }: Fields, keys: readonly string[]): WrittenProfile | undefined {
  const { seccompProfile } = fields(securityContext);
  if (typeof seccompProfile !== 'object' || seccompProfile === null) return undefined;
  const { type, localhostProfile } = fields(seccompProfile);
  return {
    type: typeof type === 'string' ? type : '',
    localhostProfile: localhostProfile ?? undefined,
    keys: [...keys, 'securityContext', 'seccompProfile'],
    isList: Array.isArray(seccompProfile),
  };
}

/** Returns the path of the container's Localhost profile; undefined if it has none, or if the API server refuses it. */
export function localhostPath({ effective, isPrivileged }: ManifestContainer): string | undefined {
  if (isPrivileged || effective?.type !== 'Localhost' || localhostFault(effective)) return undefined;
  return String(effective.localhostProfile);
}

/**
 * Returns the fault in a seccompProfile, in the words of the API server if it is `refused`.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go (validateSeccompProfileField)
 */
export function localhostFault({ type, localhostProfile: path }: WrittenProfile): { readonly refused: boolean; readonly reason: string } | undefined {
  const refused = (reason: string) => ({ refused: true, reason });
  if (type === '') return refused('type is required when seccompProfile is set');
  if (!['Localhost', 'RuntimeDefault', 'Unconfined'].includes(type)) return refused(`type ${JSON.stringify(type)} is not supported, only Localhost, RuntimeDefault and Unconfined are`);
  if (type !== 'Localhost') return path === undefined ? undefined : refused(`localhostProfile can only be set when seccomp type is Localhost, not ${type}`);
  if (path === undefined) return refused('localhostProfile must be set when seccomp type is Localhost');
  const fault = localhostPathFault(path, 'API server');
  if (fault) return refused(`localhostProfile ${show(path)} ${fault}`);
  // The API server accepts an empty path, but it leads the kubelet to a directory.
  return path === '' ? { refused: false, reason: 'localhostProfile is empty' } : undefined;
}
