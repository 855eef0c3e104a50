import { elements, Fields, fields } from './fields';
import { NodeDemands } from './nodes';
import { ManifestPod } from './pod';
import { ManifestResource, namespaceOf, ResourceName } from './resource';
import { readDocumentPath } from '../private/installed-names';

/** One document of a SeccompProfileDaemonSet: for one path and one architecture, from one key of a ConfigMap. */
export interface InstalledDocument {
  readonly path: string;
  readonly arch: string;
  readonly configMap: string;
  readonly key: string;
}

/** A pod that puts files into the kubelet's seccomp directory. */
export interface Installer {
  readonly owner: ResourceName;
  readonly controllerUid?: string;
  readonly nodes: NodeDemands;
  /** Documents that it installs; empty for an installer that does not name them. */
  readonly documents: readonly InstalledDocument[];
  /** ConfigMaps that it mounts, as `namespace/name`. */
  readonly configMaps: readonly string[];
}

interface HostPath {
  readonly keys: readonly string[];
  readonly path: string;
}

/** The seccomp directory of any kubelet, or a directory below it. */
const SECCOMP_DIRECTORY = /\/seccomp(\/|$)/;

/** Returns the host path with which a pod can write profiles; undefined if it cannot. */
export function seccompHostPath({ keys, template: { spec }, containers }: ManifestPod): HostPath | undefined {
  const mounts = containers.flatMap(({ value }) => elements(value.volumeMounts)).map(fields);
  for (const [index, volume] of elements(spec.volumes).entries()) {
    const { name, hostPath } = fields(volume);
    const { path } = fields(hostPath);
    if (typeof path !== 'string' || !SECCOMP_DIRECTORY.test(path)) continue;
    if (mounts.some(mount => mount.name === name && mount.readOnly !== true)) return { keys: [...keys, 'volumes', String(index), 'hostPath', 'path'], path };
  }
  return undefined;
}

/** Returns the installers among the pods of a resource. */
export function installersIn(resource: ManifestResource): Installer[] {
  return resource.pods.filter(pod => seccompHostPath(pod)).map(({ template: { spec }, nodes }) => {
    const namespace = namespaceOf(resource);
    const sources = elements(spec.volumes).flatMap(configMapsOf);
    const { kind, name } = resource;
    return {
      owner: { kind, name, namespace: resource.namespace },
      controllerUid: resource.controllerUid,
      nodes,
      // Only a DaemonSet has a pod on every node.
      documents: kind !== 'DaemonSet' ? [] : sources.flatMap(({ name: map, items }) => elements(items).flatMap(item => {
        const { key, path } = fields(item);
        const installed = readDocumentPath(String(path));
        return installed ? [{ path: installed.path, arch: installed.node, configMap: `${namespace}/${String(map)}`, key: String(key) }] : [];
      })),
      configMaps: sources.map(({ name: map }) => `${namespace}/${String(map)}`),
    };
  });
}

function configMapsOf(volume: unknown): Fields[] {
  const { configMap, projected } = fields(volume);
  const projections = elements(fields(projected).sources).map(source => fields(source).configMap);
  return [configMap, ...projections].filter(each => each !== undefined).map(fields);
}
