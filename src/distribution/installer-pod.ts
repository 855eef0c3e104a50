import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

export const INSTALLER_SCRIPT = 'install-profiles.sh';

const SOURCE_DIR = '/source';
const TARGET_DIR = '/target';

export interface InstallerPodProps {
  readonly kubeletRoot: string;
  readonly resync: Duration;
  readonly owner: string;
  readonly configMapName: string;
  readonly items: k8s.KeyToPath[];
  readonly image?: string;
  readonly imagePullSecrets?: string[];
  readonly priorityClassName?: string;
  readonly nodeSelector?: { [label: string]: string };
  readonly seLinuxType?: string;
}

/** The pod that runs `assets/install-profiles.sh`, with the least it needs for that. */
export function installerPodSpec(props: InstallerPodProps): k8s.PodSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: props.priorityClassName ?? 'system-node-critical',
    nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
    // A node without the profiles cannot start the pods that name them, so no taint is a reason to stay away.
    tolerations: [{ operator: 'Exists' }],
    terminationGracePeriodSeconds: 5,
    imagePullSecrets: props.imagePullSecrets?.map(name => ({ name })),
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      name: 'installer',
      image: props.image ?? 'busybox:1.36.1',
      command: ['sh', `${SOURCE_DIR}/${INSTALLER_SCRIPT}`, 'run'],
      env: [
        { name: 'SOURCE_DIR', value: SOURCE_DIR },
        { name: 'TARGET_DIR', value: TARGET_DIR },
        { name: 'RESYNC_SECONDS', value: String(Math.round(props.resync.toSeconds({ integral: false }))) },
        { name: 'OWNER', value: props.owner },
      ],
      readinessProbe: {
        exec: { command: ['sh', `${SOURCE_DIR}/${INSTALLER_SCRIPT}`, 'check'] },
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 1,
      },
      resources: {
        requests: { cpu: k8s.Quantity.fromString('1m'), memory: k8s.Quantity.fromString('8Mi') },
        limits: { cpu: k8s.Quantity.fromString('200m'), memory: k8s.Quantity.fromString('32Mi') },
      },
      securityContext: {
        runAsUser: 0,
        runAsGroup: 0,
        runAsNonRoot: false,
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seLinuxOptions: props.seLinuxType ? { type: props.seLinuxType } : undefined,
      },
      volumeMounts: [
        { name: 'source', mountPath: SOURCE_DIR, readOnly: true },
        { name: 'target', mountPath: TARGET_DIR },
      ],
    }],
    volumes: [
      { name: 'source', configMap: { name: props.configMapName, defaultMode: 0o444, items: props.items } },
      { name: 'target', hostPath: { path: `${props.kubeletRoot}/seccomp`, type: 'DirectoryOrCreate' } },
    ],
  };
}
