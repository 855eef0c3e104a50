import { NodeDemands, nodeDemands } from './nodes';
import { fields } from './pod-security/pod';
import { PodTemplate } from './pod-templates';

/** A seccompProfile as it is written. */
export interface WrittenProfile {
  /** Empty if there is none, or if it is no text. */
  readonly type: string;
  /** Whatever stands there; undefined for nothing and null, which mean the same. */
  readonly localhostProfile: unknown;
  /** What leads to it. */
  readonly keys: readonly string[];
}

export interface ManifestContainer {
  readonly kind: 'initContainer' | 'container' | 'ephemeralContainer';
  readonly name: string;
  readonly keys: readonly string[];
  /** What the container itself says. */
  readonly own?: WrittenProfile;
  /** The container's own, or else the pod's. */
  readonly effective?: WrittenProfile;
  readonly isPrivileged: boolean;
  /** Value of the annotation that was to give it a profile, its own or the pod's; Kubernetes does not read it any more. */
  readonly annotation?: string;
}

/** What the rules look at in a pod, or in what pods are made from. */
export interface ManifestPod {
  readonly keys: readonly string[];
  readonly template: PodTemplate;
  readonly profile?: WrittenProfile;
  /** In the order in which they start. */
  readonly containers: readonly ManifestContainer[];
  readonly isWindows: boolean;
  readonly nodes: NodeDemands;
}

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';
const LISTS = { initContainers: 'initContainer', containers: 'container', ephemeralContainers: 'ephemeralContainer' } as const;

export function readManifestPod(template: PodTemplate): ManifestPod {
  const { keys, metadata, spec } = template;
  const annotations = fields(fields(metadata).annotations);
  const profile = writtenProfile(spec, keys);
  const entries = (Object.keys(LISTS) as (keyof typeof LISTS)[]).flatMap(list =>
    (Array.isArray(spec[list]) ? spec[list] : []).map((each: unknown, index: number) => ({ list, each, index })));
  const containers = entries.map(({ list, each, index }): ManifestContainer => {
    const { name, securityContext } = fields(each);
    const own = writtenProfile(each, [...keys, list, String(index)]);
    const annotation = annotations[`${CONTAINER_ANNOTATION}${String(name)}`] ?? annotations[POD_ANNOTATION];
    return {
      kind: LISTS[list],
      name: String(name ?? ''),
      keys: [...keys, list, String(index)],
      own,
      effective: own ?? profile,
      isPrivileged: fields(securityContext).privileged === true,
      annotation: typeof annotation === 'string' ? annotation : undefined,
    };
  });
  return { keys, template, profile, containers, isWindows: isWindows(spec), nodes: nodeDemands(spec) };
}

/** An API server takes a null for nothing. */
function writtenProfile(owner: unknown, keys: readonly string[]): WrittenProfile | undefined {
  const { seccompProfile } = fields(fields(owner).securityContext);
  if (typeof seccompProfile !== 'object' || seccompProfile === null) return undefined;
  const { type, localhostProfile } = fields(seccompProfile);
  return {
    type: typeof type === 'string' ? type : '',
    localhostProfile: localhostProfile ?? undefined,
    keys: [...keys, 'securityContext', 'seccompProfile'],
  };
}

function isWindows(spec: unknown): boolean {
  const { os, nodeSelector } = fields(spec);
  return fields(os).name === 'windows' || fields(nodeSelector)['kubernetes.io/os'] === 'windows';
}

/** The path of a profile that a container asks its node for; undefined where it gets none, or none that an API server lets through. */
export function localhostPath({ effective, isPrivileged }: ManifestContainer): string | undefined {
  if (isPrivileged || effective?.type !== 'Localhost' || localhostFault(effective)) return undefined;
  return String(effective.localhostProfile);
}

/**
 * What is wrong with a profile by itself; `refused` in the words of the API server.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go (validateSeccompProfileField)
 */
export function localhostFault({ type, localhostProfile: path }: WrittenProfile): { readonly refused: boolean; readonly reason: string } | undefined {
  const refused = (reason: string) => ({ refused: true, reason });
  if (type === '') return refused('type is required when seccompProfile is set');
  if (!['Localhost', 'RuntimeDefault', 'Unconfined'].includes(type)) return refused(`type ${JSON.stringify(type)} is not supported, only Localhost, RuntimeDefault and Unconfined are`);
  if (type !== 'Localhost') return path === undefined ? undefined : refused(`localhostProfile can only be set when seccomp type is Localhost, not ${type}`);
  if (path === undefined) return refused('localhostProfile must be set when seccomp type is Localhost');
  if (typeof path !== 'string') return refused('localhostProfile must be a string');
  if (path.startsWith('/')) return refused(`localhostProfile ${JSON.stringify(path)} must be a relative path`);
  if (path.split('/').includes('..')) return refused(`localhostProfile ${JSON.stringify(path)} must not contain '..'`);
  // The API server takes it, and the kubelet finds a directory.
  return path === '' ? { refused: false, reason: 'localhostProfile is empty' } : undefined;
}
