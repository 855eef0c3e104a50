import { mkdirSync } from 'fs';
import { k8s } from 'cdk8s-plus-28';
import { ConfigMapVolume, Files } from './config-map-volume';
import { ContainerHost } from '../runtimes/container-host';
import { BindMount, ContainerSpec } from '../runtimes/oci-config';

const FIELDS: Readonly<Record<string, string>> = { 'metadata.namespace': 'default', 'metadata.uid': '6f1c2f0e-0000-4000-8000-000000000001' };

/** The pod of a DaemonSet with one container, read from its manifests as a kubelet reads them. */
export class DaemonSetPod {
  private readonly pod: k8s.PodSpec;

  public constructor(private readonly node: ContainerHost, private readonly manifests: ReadonlyArray<Record<string, unknown>>) {
    this.pod = this.find<k8s.KubeDaemonSetProps>('DaemonSet').spec!.template.spec!;
  }

  /** The container, but for its image. */
  public container(): Omit<ContainerSpec, 'rootfs'> {
    const { command, env, securityContext, volumeMounts } = this.pod.containers[0];
    expect(securityContext).toMatchObject({ privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    return {
      args: command!,
      env: { PATH: '/bin', ...environment(env!) },
      uid: securityContext!.runAsUser,
      capabilities: securityContext!.capabilities!.add ?? [],
      noNewPrivileges: securityContext!.allowPrivilegeEscalation === false,
      mounts: volumeMounts!.map(mount => this.mount(mount)),
    };
  }

  public readinessCommand(): string[] {
    return this.pod.containers[0].readinessProbe!.exec!.command!;
  }

  private mount({ name, mountPath, readOnly }: k8s.VolumeMount): BindMount {
    const volume = this.pod.volumes!.find(candidate => candidate.name === name)!;
    return { source: this.source(volume), destination: mountPath, writable: !readOnly };
  }

  private source(volume: k8s.Volume): string {
    if (volume.configMap) return this.configMapVolume(volume.configMap);
    return volume.emptyDir ? this.node.makeDirectory('empty') : hostPath(volume);
  }

  private configMapVolume({ name, items }: k8s.ConfigMapVolumeSource): string {
    const { metadata, data } = this.find<k8s.KubeConfigMapProps>('ConfigMap');
    expect(metadata!.name).toBe(name);
    const files: Files = Object.fromEntries(items!.map(({ key, path }) => [path, data![key]]));
    return new ConfigMapVolume(this.node.makeDirectory('config-map'), files).path;
  }

  private find<T>(kind: string): T {
    return this.manifests.find(manifest => manifest.kind === kind) as T;
  }
}

/** The environment as the kubelet makes it: fields of the pod, and values that refer to variables before them. */
function environment(variables: readonly k8s.EnvVar[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, value, valueFrom } of variables) {
    values[name] = valueFrom ? FIELDS[valueFrom.fieldRef!.fieldPath] : value!.replace(/\$\((\w+)\)/g, (_, variable) => values[variable]);
  }
  return values;
}

function hostPath({ hostPath: source }: k8s.Volume): string {
  expect(source!.type).toBe('DirectoryOrCreate');
  // Its directory is one that this machine sees as well.
  mkdirSync(source!.path, { recursive: true });
  return source!.path;
}
