import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { DaemonSetUpdate } from './daemon-set-update';
import { GitOps } from './git-ops';
import { InstallerLogFormat } from './installer-log-format';
import { NodeGate } from './node-gate/node-gate';
import { PriorityClassQuota } from './priority-class-quota';
import { ProfileVersioning } from './profile-versioning';
import { ProfilesOnDelete } from './profiles-on-delete';
import { LintOptions } from '../lint/profile-linter';

/**
 * Options of the DaemonSet that brings profiles to the nodes.
 */
export interface SeccompProfileDaemonSetOptions {
  /**
   * Namespace of the DaemonSet and its ConfigMaps. Use one of its own: the pods mount a host path, so under Pod Security it needs the label
   * `pod-security.kubernetes.io/enforce: privileged`.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * The kubelet's root directory on the nodes; profiles go to `seccomp` below it.
   *
   * microk8s has `/var/snap/microk8s/common/var/lib/kubelet`, k0s `/var/lib/k0s/kubelet`.
   *
   * @default "/var/lib/kubelet"
   */
  readonly kubeletRoot?: string;

  /**
   * Naming of the profiles on the nodes.
   *
   * @default - `ProfileVersioning.CONTENT_HASH`; for a `MindieProfileDaemonSet` `ProfileVersioning.FIXED_NAME`
   */
  readonly versioning?: ProfileVersioning;

  /**
   * Number of releases of this DaemonSet for which a removed profile stays on the nodes, zero or more. Only with versioning CONTENT_HASH: a profile with a
   * fixed name stays until an administrator removes it.
   *
   * @default 3
   */
  readonly retain?: number;

  /**
   * Minimum time for which a removed profile stays on a node, from the first release without it on that node. Only with versioning CONTENT_HASH.
   *
   * @default Duration.days(7)
   */
  readonly retainFor?: Duration;

  /**
   * Treatment of the profiles on the nodes when the DaemonSet is deleted.
   *
   * @default ProfilesOnDelete.RETAIN
   */
  readonly onDelete?: ProfilesOnDelete;

  /**
   * Annotations that make a GitOps tool wait for the profiles before it applies the workloads.
   *
   * @default - none
   */
  readonly gitOps?: GitOps;

  /**
   * Gate that labels a node when it has its profiles, and lets `SeccompSecured*` workloads with one of them run on such nodes only.
   *
   * @default - none: pods may arrive before their profile, and are retried until it is there
   */
  readonly nodeGate?: NodeGate;

  /**
   * Interval at which each node compares its files with their source and repairs them. At least one second.
   *
   * @default Duration.seconds(60)
   */
  readonly resync?: Duration;

  /**
   * Image of the installer. It needs a POSIX shell, cat, chmod, date, find, mkdir, mktemp, mv with -T, rm, rmdir, sed, sha256sum, sleep, sort, stat, sync,
   * tr and uname, and curl for `NodeGate.nodeLabel()`. Pin it as `busybox@sha256:…` to have the same bytes on every node.
   *
   * @default - `busybox:1.36.1`; with `NodeGate.nodeLabel()` `curlimages/curl:8.10.1`
   */
  readonly image?: string;

  /**
   * Format of the installer's log.
   *
   * @default InstallerLogFormat.TEXT
   */
  readonly logFormat?: InstallerLogFormat;

  /**
   * Names of Secrets with credentials for the image's registry.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Priority class of the pods: on a node where they are preempted, pods with a new Localhost profile cannot start.
   *
   * @default "system-node-critical"
   */
  readonly priorityClassName?: string;

  /**
   * ResourceQuota for the priority class, for clusters that admit pods of the class only in a namespace with one.
   *
   * @default - `PriorityClassQuota.OWN` for a class of the system, whose name begins with `system-`, in any namespace but `kube-system`; otherwise NONE
   */
  readonly priorityClassQuota?: PriorityClassQuota;

  /**
   * Update strategy for a changed profile or installer. With onDelete REMOVE the new pod of a node is ready before the old one ends.
   *
   * @default DaemonSetUpdate.rolling(PercentOrAbsolute.percent(10))
   */
  readonly update?: DaemonSetUpdate;

  /**
   * Labels that nodes must have, in addition to `kubernetes.io/os: linux`.
   *
   * @default - every Linux node
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Affinity that nodes must match, in addition to the `nodeSelector`.
   *
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Taints that the pods tolerate. A node without the profiles cannot start pods that name them, so leave out only taints of nodes where no such pod runs.
   *
   * @default - every taint: an operator `Exists` without a key
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Resource requests and limits of the container. They replace the defaults as a whole.
   *
   * @default - requests 1m CPU and 8Mi of memory, limits 200m CPU and 32Mi of memory
   */
  readonly resources?: k8s.ResourceRequirements;

  /**
   * Labels added to the ConfigMaps, the DaemonSet and its pods.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations added to the ConfigMaps, the DaemonSet and its pods.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * SELinux type of the container, such as `spc_t`. Nodes with SELinux in enforcing mode refuse the installer's writes without it.
   *
   * @default - chosen by the container runtime
   */
  readonly seLinuxType?: string;

  /**
   * Lint options for the profiles, which are linted at synth as the nodes get them. An error fails the synth; warnings are printed once to stderr.
   *
   * @default - every rule, for MindIE Motor's supported range
   */
  readonly lint?: LintOptions;
}
