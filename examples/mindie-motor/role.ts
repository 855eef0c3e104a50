import { ApiObject, JsonPatch, Size } from 'cdk8s';
import {
  ConfigMap, ContainerProps, ContainerSecurityContextProps, EmptyDirMedium, EnvFieldPaths, EnvValue, PodSecurityContextProps, Probe, Volume,
  VolumeMount, Workload,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export const NAMESPACE = 'mindie';
export const IMAGE = 'mindie:1.0.0-aarch64-800I-A2';

const SCRIPTS = '/mnt/configmap';

/** The images log below /root; the group owns the mounted volumes. */
export const POD_SECURITY: PodSecurityContextProps = { ensureNonRoot: false, fsGroup: 1001 };

export const CONTAINER_SECURITY: ContainerSecurityContextProps = {
  ensureNonRoot: false,
  readOnlyRootFilesystem: false,
  allowPrivilegeEscalation: false,
};

/** What the containers of all roles have in common. */
export function roleContainer(scope: Construct, role: string): ContainerProps {
  return {
    name: role,
    image: IMAGE,
    command: ['/bin/bash', '-c', `source ${SCRIPTS}/boot.sh`],
    envVariables: {
      ROLE: EnvValue.fromValue(role),
      JOB_NAME: EnvValue.fromValue('mindie-motor'),
      POD_IP: EnvValue.fromFieldRef(EnvFieldPaths.POD_IP),
      HOST_IP: EnvValue.fromFieldRef(EnvFieldPaths.NODE_IP),
      POD_NAMESPACE: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE),
      CONFIGMAP_PATH: EnvValue.fromValue(SCRIPTS),
      CONFIG_PATH: EnvValue.fromValue('/usr/local/Ascend/pyMotor/conf'),
    },
    volumeMounts: [configMount(scope)],
    securityContext: CONTAINER_SECURITY,
  };
}

/** MindIE Motor's deployment tool fills this ConfigMap: boot and probe scripts, and the configuration of the roles. */
function configMount(scope: Construct): VolumeMount {
  const config = ConfigMap.fromConfigMapName(scope, 'MotorConfig', 'motor-config');
  return { path: SCRIPTS, volume: Volume.fromConfigMap(scope, 'MotorConfigVolume', config, { name: 'motor-config', defaultMode: 0o550 }) };
}

export function hostMounts(scope: Construct, ...paths: string[]): VolumeMount[] {
  return paths.map(path => {
    const name = path.slice(1).toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return { path, volume: Volume.fromHostPath(scope, `Host-${name}`, name, { path }) };
  });
}

export function sharedMemory(scope: Construct, size: Size): VolumeMount {
  return { path: '/dev/shm', volume: Volume.fromEmptyDir(scope, 'SharedMemory', 'dshm', { medium: EmptyDirMedium.MEMORY, sizeLimit: size }) };
}

export function probe(kind: 'startup' | 'readiness' | 'liveness'): Probe {
  return Probe.fromCommand(['bash', `${SCRIPTS}/probe.sh`, kind]);
}

/** For what cdk8s-plus has no property. */
export function patchPodSpec(workload: Workload, path: string, value: unknown): void {
  ApiObject.of(workload).addJsonPatch(JsonPatch.add(`/spec/template/spec/${path}`, value));
}
