import { Duration } from 'cdk8s';
import { DaemonSetUpdate } from './daemon-set-update';
import { GitOps } from './git-ops';
import { InstallerLogFormat } from './installer-log-format';
import { NodeGate } from './node-gate';
import { PriorityClassQuota } from './priority-class-quota';
import { ProfileVersioning } from './profile-versioning';
import { ProfilesOnDelete } from './profiles-on-delete';
import { LintOptions } from '../lint/profile-linter';

/**
 * How profiles are brought to the nodes.
 */
export interface SeccompProfileDaemonSetOptions {
  /**
   * Namespace of the DaemonSet and its ConfigMap. It mounts a host path, so under Pod Security the namespace has to be labelled
   * `pod-security.kubernetes.io/enforce: privileged`; give it one of its own.
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
   * How the profiles are called on the nodes.
   *
   * @default - `ProfileVersioning.CONTENT_HASH`; for a `MindieProfileDaemonSet` `ProfileVersioning.FIXED_NAME`
   */
  readonly versioning?: ProfileVersioning;

  /**
   * How many releases of this DaemonSet a profile stays on the nodes after the last one that had it. Zero or more. Only with versioning CONTENT_HASH: a fixed
   * name stays until somebody removes it.
   *
   * @default 3
   */
  readonly retain?: number;

  /**
   * How long it stays at least, from when its node got the first release without it. Only with versioning CONTENT_HASH.
   *
   * @default Duration.days(7)
   */
  readonly retainFor?: Duration;

  /**
   * What becomes of the profiles on the nodes when the DaemonSet is deleted.
   *
   * @default ProfilesOnDelete.RETAIN
   */
  readonly onDelete?: ProfilesOnDelete;

  /**
   * Annotations that make a GitOps tool wait for the profiles before it brings the workloads.
   *
   * @default - none
   */
  readonly gitOps?: GitOps;

  /**
   * Whether a node is labelled when its profiles are there, and `SeccompSecured*` workloads with one of them go to such nodes only.
   *
   * @default - pods may come first, and are retried until their profile is there
   */
  readonly nodeGate?: NodeGate;

  /**
   * How often each node compares the files on its disk with their source and repairs them. At least one second.
   *
   * @default Duration.seconds(60)
   */
  readonly resync?: Duration;

  /**
   * Image with a POSIX shell, cat, chmod, date, find, mkdir, mktemp, mv with -T, rm, rmdir, sed, sha256sum, sleep, sort, stat, sync, tr and uname; and
   * curl, with `NodeGate.nodeLabel()`. Pin it as `busybox@sha256:…` to have the same bytes on every node.
   *
   * @default - `busybox:1.36.1`; with `NodeGate.nodeLabel()` `curlimages/curl:8.10.1`
   */
  readonly image?: string;

  /**
   * How the installer writes its log.
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
   * Priority class of the pods: where they are preempted, new pods with a Localhost profile cannot start.
   *
   * @default "system-node-critical"
   */
  readonly priorityClassName?: string;

  /**
   * Whether a ResourceQuota for the priority class comes with the DaemonSet, for clusters that let no pod use the class without one.
   *
   * @default - `PriorityClassQuota.OWN` for a class of the system, whose name begins with `system-`, in any namespace but `kube-system`; otherwise NONE
   */
  readonly priorityClassQuota?: PriorityClassQuota;

  /**
   * How pods are replaced when a profile or the installer changes. With onDelete REMOVE the new pod of a node is ready before the old one ends.
   *
   * @default DaemonSetUpdate.rolling(PercentOrAbsolute.percent(10))
   */
  readonly update?: DaemonSetUpdate;

  /**
   * Labels that nodes must have besides `kubernetes.io/os: linux`.
   *
   * @default - every Linux node
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Labels added to the ConfigMap, the DaemonSet and its pods.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations added to the ConfigMap, the DaemonSet and its pods.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * SELinux type of the container, such as `spc_t`: nodes with SELinux in enforcing mode refuse the write without it.
   *
   * @default - chosen by the container runtime
   */
  readonly seLinuxType?: string;

  /**
   * How the profiles are judged at synth, each as the nodes get it. An error fails the synth, warnings are printed once to stderr.
   *
   * @default - every rule, for what MindIE Motor's supported range contains
   */
  readonly lint?: LintOptions;
}
