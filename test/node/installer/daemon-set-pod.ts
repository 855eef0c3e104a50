import { mkdirSync } from 'fs';
import { k8s } from 'cdk8s-plus-28';
import { ConfigMapVolume, Files } from './config-map-volume';
import { BindMount, ContainerSpec } from '../runtimes/oci-config';
import { TestNode } from '../runtimes/test-node';

/** The pod of a DaemonSet with one container, read from its manifests as a kubelet reads them. */
export class DaemonSetPod {
  private readonly pod: k8s.PodSpec;

  public constructor(private readonly node: TestNode, private readonly manifests: ReadonlyArray<Record<string, unknown>>) {
    this.pod = this.find<k8s.KubeDaemonSetProps>('DaemonSet').spec!.template.spec!;
  }

  /** The container, but for its image. */
  public container(): Omit<ContainerSpec, 'rootfs'> {
    const { command, env, securityContext, volumeMounts } = this.pod.containers[0];
    expect(securityContext).toMatchObject({ privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    return {
      args: command!,
      env: { PATH: '/bin', ...Object.fromEntries(env!.map(({ name, value }) => [name, value!])) },
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
    return { source: volume.configMap ? this.configMapVolume(volume.configMap) : hostPath(volume), destination: mountPath, writable: !readOnly };
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

function hostPath({ hostPath: source }: k8s.Volume): string {
  expect(source!.type).toBe('DirectoryOrCreate');
  mkdirSync(source!.path, { recursive: true });
  return source!.path;
}
