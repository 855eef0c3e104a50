import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration, Lazy, Names } from 'cdk8s';
import { k8s, PercentOrAbsolute } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DaemonSetUpdate } from './daemon-set-update';
import { installerPodSpec, INSTALLER_SCRIPT } from './installer-pod';
import { lintDistributed, LintResult } from './profile-lint';
import { contentHash, ProfileSet } from './profile-set';
import { LintOptions } from '../lint/profile-linter';
import { InputError, list, show } from '../private/errors';
import { SeccompProfile } from '../profile/seccomp-profile';
import { ILocalhostProfile, InstalledProfile } from '../workloads/localhost-profile';

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
   * How often each node compares the files on its disk with their source and repairs them. At least one second.
   *
   * @default Duration.seconds(60)
   */
  readonly resync?: Duration;

  /**
   * Image with a POSIX shell, cat, chmod, date, find, mkdir, mktemp, mv with -T, rm, sed, sha256sum, sleep, sort, stat, sync, tr and uname.
   *
   * @default "busybox:1.36.1"
   */
  readonly image?: string;

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
   * How pods are replaced when a profile or the installer changes.
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

/**
 * One profile and where it goes.
 */
export interface DistributedProfile {
  /** Path below the kubelet's seccomp directory, such as `profiles/my-app.json`. */
  readonly path: string;

  /** The profile. Each node gets its restriction to the architectures that the node runs. */
  readonly profile: SeccompProfile;
}

/**
 * Properties of a `SeccompProfileDaemonSet`.
 */
export interface SeccompProfileDaemonSetProps extends SeccompProfileDaemonSetOptions {
  /**
   * The profiles to distribute.
   *
   * @default - none; add them with `addProfile`
   */
  readonly profiles?: DistributedProfile[];
}

/**
 * Brings seccomp profiles to every node and keeps them there.
 *
 * A ConfigMap holds one document per profile and node architecture, and a DaemonSet installs the right one on each node, at its
 * path below the kubelet's seccomp directory. A pod is ready when every file on its node equals its source, so
 * `kubectl rollout status` returns when all nodes have them. The files stay when the DaemonSet goes: running pods need them to
 * restart.
 *
 * The pods run as root, because the kubelet's directory is root's, with no capability, a read-only root filesystem, no service
 * account token and one host path.
 */
export class SeccompProfileDaemonSet extends Construct {
  private readonly profiles = new ProfileSet();
  private readonly configMap: k8s.KubeConfigMap;
  private readonly daemonSet: k8s.KubeDaemonSet;
  private linted?: LintResult;

  public constructor(scope: Construct, id: string, props: SeccompProfileDaemonSetProps = {}) {
    super(scope, id);
    const kubeletRoot = checkKubeletRoot(props.kubeletRoot ?? '/var/lib/kubelet');
    const resync = checkResync(props.resync ?? Duration.seconds(60));
    props.profiles?.forEach(({ path, profile }) => this.addProfile(path, profile));

    const selector = { 'cdk8s.io/metadata.addr': Names.toLabelValue(this) };
    const metadata = {
      namespace: props.namespace,
      labels: { 'app.kubernetes.io/name': 'seccomp-profiles', ...props.labels },
      annotations: props.annotations,
    };
    this.configMap = new k8s.KubeConfigMap(this, 'ConfigMap', { metadata, data: Lazy.any({ produce: () => this.data() }) });
    this.daemonSet = new k8s.KubeDaemonSet(this, 'Resource', {
      metadata,
      spec: {
        selector: { matchLabels: selector },
        updateStrategy: (props.update ?? DaemonSetUpdate.rolling(PercentOrAbsolute.percent(10)))._toKube(),
        template: {
          metadata: {
            labels: { ...metadata.labels, ...selector },
            annotations: {
              ...metadata.annotations,
              // Changed content rolls the pods, so that a rollout is finished when the new content is installed.
              'cdk8s-seccomp/content-sha256': Lazy.any({ produce: () => contentHash(this.data()) }),
            },
          },
          spec: installerPodSpec({
            ...props,
            kubeletRoot,
            resync,
            owner: Names.toDnsLabel(this),
            configMapName: this.configMap.name,
            items: Lazy.any({ produce: () => this.items() }),
          }),
        },
      },
    });
    this.daemonSet.addDependency(this.configMap);
    this.node.addValidation({ validate: () => this.validateProfiles(props.lint) });
  }

  /**
   * Adds a profile.
   *
   * @param path where it goes, below the kubelet's seccomp directory, such as `profiles/my-app.json`
   * @param profile the profile; each node gets its restriction to the architectures that the node runs
   * @returns what `SeccompMode.localhost` takes
   * @throws if the path is taken or cannot be installed, or if the profile serves no kind of node
   */
  public addProfile(path: string, profile: SeccompProfile): ILocalhostProfile {
    this.profiles.add(path, profile);
    this.linted = undefined;
    return this.profileAt(path);
  }

  /**
   * A profile that this DaemonSet distributes, for `SeccompMode.localhost`.
   *
   * @param path its path below the kubelet's seccomp directory
   * @throws if no profile is distributed there
   */
  public profileAt(path: string): ILocalhostProfile {
    if (!this.profiles.has(path)) {
      throw new InputError(`no profile is distributed at ${show(path)}, expected one of: ${list(this.profiles.paths) || 'none yet'}`);
    }
    return new InstalledProfile(path, this);
  }

  /** Name of the DaemonSet, for `kubectl rollout status`. */
  public get name(): string {
    return this.daemonSet.name;
  }

  /** It is asked once for the app and once for each chart. */
  private validateProfiles(options?: LintOptions): string[] {
    if (this.profiles.paths.length === 0) return ['distributes no profile: pass profiles, or call addProfile'];
    if (!this.linted) {
      this.linted = lintDistributed(this.profiles.entries(), options);
      this.linted.warnings.forEach(warning => process.stderr.write(`warning: [${this.node.path}] ${warning}\n`));
    }
    return this.linted.errors;
  }

  private data(): Record<string, string> {
    const documents = this.profiles.documents.map(({ key, text }) => [key, text]);
    const script = readFileSync(join(__dirname, '..', '..', 'assets', INSTALLER_SCRIPT), 'utf8');
    return { ...Object.fromEntries(documents), [INSTALLER_SCRIPT]: script };
  }

  private items(): k8s.KeyToPath[] {
    return [...this.profiles.documents.map(({ key, path }) => ({ key, path })), { key: INSTALLER_SCRIPT, path: INSTALLER_SCRIPT }];
  }
}

function checkKubeletRoot(root: string): string {
  if (!/^(\/[^/]+)+$/.test(root) || root.split('/').some(segment => segment === '.' || segment === '..')) {
    throw new InputError(`kubeletRoot ${show(root)} is not a directory on a node, expected a normalized absolute path such as "/var/lib/kubelet"`);
  }
  return root;
}

function checkResync(resync: Duration): Duration {
  if (resync.toSeconds({ integral: false }) < 1) {
    throw new InputError(`resync ${resync.toHumanString()} is too often, expected at least one second`);
  }
  return resync;
}
