import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { SourceFile } from './content-named-config-maps';
import { InstallerLogFormat } from './installer-log-format';
import { NodeGate } from './node-gate/node-gate';

const SOURCE_DIR = '/source';
const TARGET_DIR = '/target';
const FEATURES_DIR = '/features';
const STATE_DIR = '/state';

const SCRIPT = 'install-profiles.sh';
const SCRIPTS = [SCRIPT, 'profile-record.sh'];
const MARK_SCRIPT = 'node-mark.sh';


export interface InstallerPodProps {
  readonly kubeletRoot: string;
  readonly resync: Duration;
  /** Name of the DaemonSet. */
  readonly name: string;
  /** Number of releases and minimum time that removed profiles stay on the node; permanently if undefined. */
  readonly retention?: { readonly releases: number; readonly time: Duration };
  readonly removes: boolean;
  readonly gate?: NodeGate;
  readonly serviceAccountName?: string;
  readonly logFormat?: InstallerLogFormat;
  readonly source: k8s.Volume;
  readonly image: string;
  readonly imagePullSecrets?: string[];
  readonly priorityClassName: string;
  readonly nodeSelector?: { [label: string]: string };
  readonly affinity?: k8s.Affinity;
  readonly tolerations?: k8s.Toleration[];
  readonly resources?: k8s.ResourceRequirements;
  readonly seLinuxType?: string;
}

/** Returns the scripts that the pod runs. */
export function installerScripts(gate?: NodeGate): SourceFile[] {
  return [...SCRIPTS, ...gate ? [MARK_SCRIPT] : []].map(name => ({
    key: name, path: name, text: readFileSync(join(__dirname, '..', '..', 'assets', name), 'utf8'),
  }));
}

/** Returns the pod that runs `assets/install-profiles.sh`, with no more rights than it needs. */
export function installerPodSpec(props: InstallerPodProps): k8s.PodSpec {
  const features = props.gate?._featuresDirectory;
  return {
    automountServiceAccountToken: props.serviceAccountName !== undefined,
    serviceAccountName: props.serviceAccountName,
    enableServiceLinks: false,
    priorityClassName: props.priorityClassName,
    nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
    affinity: props.affinity,
    // A node without the profiles cannot start the pods that name them, so by default no taint keeps the installer away.
    tolerations: props.tolerations ?? [{ operator: 'Exists' }],
    terminationGracePeriodSeconds: props.removes ? 30 : 5,
    imagePullSecrets: props.imagePullSecrets?.map(name => ({ name })),
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      name: 'installer',
      image: props.image,
      command: ['sh', `${SOURCE_DIR}/${SCRIPT}`, 'run'],
      env: environment(props),
      // Ready a second after the files are there. Never given up: a restart would mend nothing, and with REMOVE take the files away.
      startupProbe: probe('started', 1, 0x7fff_ffff),
      readinessProbe: probe('check', 10, 1),
      resources: props.resources ?? {
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
        { name: 'state', mountPath: STATE_DIR },
        ...features ? [{ name: 'features', mountPath: FEATURES_DIR }] : [],
      ],
    }],
    volumes: [
      props.source,
      { name: 'target', hostPath: { path: `${props.kubeletRoot}/seccomp`, type: 'DirectoryOrCreate' } },
      { name: 'state', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('64Ki') } },
      ...features ? [{ name: 'features', hostPath: { path: features, type: 'DirectoryOrCreate' } }] : [],
    ],
  };
}

function probe(command: 'started' | 'check', periodSeconds: number, failureThreshold: number): k8s.Probe {
  return { exec: { command: ['sh', `${SOURCE_DIR}/${SCRIPT}`, command] }, periodSeconds, timeoutSeconds: 5, failureThreshold };
}

function environment({ resync, name, retention, removes, gate, logFormat }: InstallerPodProps): k8s.EnvVar[] {
  const field = (variable: string, fieldPath: string) => ({ name: variable, valueFrom: { fieldRef: { fieldPath } } });
  const values: Record<string, string | undefined> = {
    SOURCE_DIR,
    TARGET_DIR,
    RESYNC_SECONDS: seconds(resync),
    STATE_DIR,
    // The same DaemonSet in another namespace is another owner.
    OWNER: `$(NAMESPACE).${name.length > 63 ? createHash('sha256').update(name).digest('hex').slice(0, 32) : name}`,
    RETAIN: retention && String(retention.releases),
    RETAIN_SECONDS: retention && seconds(retention.time),
    ON_DELETE: removes ? 'remove' : undefined,
    MARK: gate?._mark,
    FEATURES_DIR: gate?._featuresDirectory && FEATURES_DIR,
    LOG_FORMAT: logFormat === InstallerLogFormat.JSON ? 'json' : undefined,
  };
  return [
    field('NAMESPACE', 'metadata.namespace'),
    field('INSTANCE', 'metadata.uid'),
    ...gate?._patchesNodes ? [field('NODE_NAME', 'spec.nodeName')] : [],
    ...Object.entries(values).flatMap(([variable, value]) => value === undefined ? [] : [{ name: variable, value }]),
  ];
}

function seconds(duration: Duration): string {
  return String(Math.round(duration.toSeconds({ integral: false })));
}
