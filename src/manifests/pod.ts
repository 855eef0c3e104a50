import { elements, Fields, fields } from './fields';
import { NodeDemands, nodeDemands } from './nodes';
import { PodTemplate } from './pod-templates';
import { show } from '../private/errors';
import { localhostPathFault } from '../private/localhost-path';

/** A seccompProfile as it is written. */
export interface WrittenProfile {
  /** Empty if there is none, or if it is no text. */
  readonly type: string;
  /** Whatever stands there; undefined for nothing and null, which mean the same. */
  readonly localhostProfile: unknown;
  /** What leads to it. */
  readonly keys: readonly string[];
  /** Whether a list stands where an API server expects an object. */
  readonly isList: boolean;
}

export interface ManifestContainer {
  readonly kind: 'initContainer' | 'container' | 'ephemeralContainer';
  readonly name: string;
  readonly keys: readonly string[];
  /** All that stands there. */
  readonly value: Fields;
  /** What the container itself says. */
  readonly own?: WrittenProfile;
  /** The container's own, or else the pod's. */
  readonly effective?: WrittenProfile;
  readonly isPrivileged: boolean;
  /** Value of the annotation that was to give it a profile, its own or the pod's; Kubernetes does not read it any more. */
  readonly annotation?: string;
}

/** What a pod, or what pods are made from, says of seccomp: everything that looks at pods reads them here. */
export interface PodView {
  readonly keys: readonly string[];
  readonly template: PodTemplate;
  readonly profile?: WrittenProfile;
  /** In the order in which they start. */
  readonly containers: readonly ManifestContainer[];
  /** `os.name`, whatever stands there. */
  readonly os: unknown;
  /** Whether it says that it runs on Windows, to the API server or to the scheduler. */
  readonly isWindows: boolean;
  /** All annotations of the pod. */
  readonly annotations: Fields;
}

/** What the rules look at. */
export interface ManifestPod extends PodView {
  readonly nodes: NodeDemands;
}

/** The annotation that gave a pod its profile until Kubernetes 1.26. */
export const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
/** What the annotation of a container begins with; its name follows. */
export const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

const KINDS = { initContainers: 'initContainer', containers: 'container', ephemeralContainers: 'ephemeralContainer' } as const;
/** Where a pod has containers. */
export const CONTAINER_LISTS = Object.keys(KINDS) as readonly (keyof typeof KINDS)[];

export function isSeccompAnnotation(name: string): boolean {
  return name === POD_ANNOTATION || name.startsWith(CONTAINER_ANNOTATION);
}

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

/** Empty for a name that is no text. */
export function nameOf({ name }: Fields): string {
  return typeof name === 'object' ? '' : String(name ?? '');
}

/** An API server takes a null for nothing. */
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

/** The path of a profile that a container asks its node for; undefined where it gets none, or none that an API server lets through. */
export function localhostPath({ effective, isPrivileged }: ManifestContainer): string | undefined {
  if (isPrivileged || effective?.type !== 'Localhost' || localhostFault(effective)) return undefined;
  return String(effective.localhostProfile);
}

/**
 * Returns what is wrong with a profile by itself; `refused` if the API server refuses it.
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
  // The API server takes it, and the kubelet finds a directory.
  return path === '' ? { refused: false, reason: 'localhostProfile is empty' } : undefined;
}
