import { ApiObject, Duration, Lazy, Names } from 'cdk8s';
import { k8s, PercentOrAbsolute } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ContentNamedConfigMaps } from './content-named-config-maps';
import { addPriorityClassQuota } from './critical-pods-quota';
import { DaemonSetUpdate } from './daemon-set-update';
import { installerPodSpec, installerScripts } from './installer-pod';
import { NodeGate } from './node-gate/node-gate';
import { NodePatchPolicy } from './node-gate/node-patch-policy';
import { NodePatcher } from './node-gate/node-patcher';
import { lintDistributed, LintResult } from './profile-lint';
import { ProfileSet } from './profile-set';
import { ProfileVersioning } from './profile-versioning';
import { ProfilesOnDelete } from './profiles-on-delete';
import { DAEMON_SET } from './props-shapes';
import { checkImage, checkKubeletRoot, checkResync, retentionOf } from './seccomp-profile-daemon-set-checks';
import { SeccompProfileDaemonSetOptions } from './seccomp-profile-daemon-set-options';
import { LintOptions } from '../lint/profile-linter';
import { check } from '../private/arguments';
import { InputError, list, show } from '../private/errors';
import { printWarning } from '../private/kube';
import { PROFILE, SeccompProfile } from '../profile/seccomp-profile';
import { ILocalhostProfile, InstalledProfile } from '../workloads/localhost-profile';

/**
 * One profile and its path on the nodes.
 */
export interface DistributedProfile {
  /** Path below the kubelet's seccomp directory, such as `profiles/my-app.json`. */
  readonly path: string;

  /** The profile. Each node gets the part for the architectures that it runs. */
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
 * Immutable ConfigMaps hold one document per profile and node kind, and a DaemonSet installs the right one on each node, below the kubelet's seccomp
 * directory. A pod is ready when every file on its node equals its source, so `kubectl rollout status` returns when all nodes have the profiles. Changes
 * reach the nodes as the pods are replaced, a few at a time.
 *
 * The pods run as root, because root owns the kubelet's directory. They have no capability, a read-only root filesystem, no service account token and
 * one host path, unless a `nodeGate` needs more.
 */
export class SeccompProfileDaemonSet extends Construct {
  /**
   * The DaemonSet, for changes that no property offers: `daemonSet.addJsonPatch(…)`. Its pod template is rendered at synth.
   */
  public readonly daemonSet: ApiObject;

  private readonly profiles: ProfileSet;
  private readonly source: ContentNamedConfigMaps;
  private readonly gate?: NodeGate;
  private linted?: LintResult;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props the profiles, and the options of the DaemonSet
   * @throws if an option is not valid, or conflicts with another
   */
  public constructor(scope: Construct, id: string, props: SeccompProfileDaemonSetProps = {}) {
    super(scope, id);
    check(DAEMON_SET, props, '', this.node.path);
    const kubeletRoot = checkKubeletRoot(props.kubeletRoot ?? '/var/lib/kubelet');
    const resync = checkResync(props.resync ?? Duration.seconds(60));
    const image = checkImage(props.image ?? (props.nodeGate?._patchesNodes ? 'curlimages/curl:8.10.1' : 'busybox:1.36.1'));
    const versioning = props.versioning ?? ProfileVersioning.CONTENT_HASH;
    const retention = retentionOf(versioning, props);
    const removes = props.onDelete === ProfilesOnDelete.REMOVE;
    const priorityClassName = props.priorityClassName ?? 'system-node-critical';
    const update = props.update ?? DaemonSetUpdate.rolling(PercentOrAbsolute.percent(10));
    this.gate = props.nodeGate;
    this.profiles = new ProfileSet(versioning);

    const selector = { 'cdk8s.io/metadata.addr': Names.toLabelValue(this) };
    const labels = { 'app.kubernetes.io/name': 'seccomp-profiles', ...props.labels };
    const metadata = { namespace: props.namespace, labels, annotations: merge(props.annotations, props.gitOps?._annotations) };
    this.source = new ContentNamedConfigMaps(
      this, { ...metadata, annotations: merge(props.annotations, props.gitOps?._configMapAnnotations) },
      () => [...installerScripts(this.gate), ...this.profiles.files],
    );
    const patcher = this.gate?._patchesNodes ? new NodePatcher(this, 'NodePatcher', metadata, this.gate._patchPolicy === NodePatchPolicy.OWN_LABELS) : undefined;
    this.daemonSet = new k8s.KubeDaemonSet(this, 'Resource', {
      metadata,
      spec: {
        selector: { matchLabels: selector },
        updateStrategy: removes ? update._withSurge() : update._toKube(),
        template: {
          metadata: { labels: { ...labels, ...selector }, annotations: props.annotations },
          spec: Lazy.any({
            produce: () => installerPodSpec({
              ...props,
              kubeletRoot,
              resync,
              image,
              retention,
              removes,
              gate: this.gate,
              name: this.daemonSet.name,
              priorityClassName,
              serviceAccountName: patcher?.serviceAccountName,
              source: this.source.volume('source'),
            }),
          }),
        },
      },
    });
    const quota = addPriorityClassQuota(this, metadata, this.daemonSet.metadata.namespace, priorityClassName, props.priorityClassQuota);
    [patcher, quota].forEach(needed => needed && this.daemonSet.addDependency(needed));
    props.profiles?.forEach(({ path, profile }) => this.addProfile(path, profile));
    this.dependOnConfigMaps();
    this.node.addValidation({ validate: () => this.validateProfiles(props.lint) });
  }

  /**
   * Adds a profile.
   *
   * @param path path below the kubelet's seccomp directory, such as `profiles/my-app.json`; versioning CONTENT_HASH adds a part of the digest before `.json`
   * @param profile the profile; each node gets the part for the architectures that it runs
   * @returns the profile on the nodes, for `SeccompMode.localhost`
   * @throws if the path is taken or cannot be installed, the profile is for no node kind, or one of its documents is larger than 1 MiB
   */
  public addProfile(path: string, profile: SeccompProfile): ILocalhostProfile {
    this.profiles.add(path, check(PROFILE, profile, 'profile', this.node.path));
    this.linted = undefined;
    this.source.makeRoom();
    this.dependOnConfigMaps();
    return this.profileAt(path);
  }

  /**
   * Returns a profile that this DaemonSet distributes, for `SeccompMode.localhost`.
   *
   * @param path the path under which it was added
   * @throws if no profile is distributed there
   */
  public profileAt(path: string): ILocalhostProfile {
    const installedPath = this.profiles.installedPath(path);
    if (installedPath === undefined) {
      throw new InputError(`no profile is distributed at ${show(path)}, expected one of: ${list(this.profiles.paths) || 'none yet'}`);
    }
    return new InstalledProfile(installedPath, this, this.gate?.labelOf(installedPath));
  }

  /** Name of the DaemonSet, for `kubectl rollout status`. */
  public get name(): string {
    return this.daemonSet.name;
  }

  /**
   * The ConfigMaps with the profiles and the installer, in the order of their ids. There is one at first; `addProfile` makes another when these are full, so
   * the list is complete after the last profile was added.
   *
   * In manifests their `metadata.name` ends with a digest of their data, which is computed at synth: `name` here is without it, and a JSON patch of `/data`
   * does not change it.
   */
  public get configMaps(): ApiObject[] {
    return this.source.configMaps;
  }

  private dependOnConfigMaps(): void {
    this.configMaps.forEach(configMap => this.daemonSet.node.addDependency(configMap));
  }

  /** Validates the profiles; cdk8s calls it once for the app and once for each chart. */
  private validateProfiles(options?: LintOptions): string[] {
    if (this.profiles.paths.length === 0) return ['distributes no profile: pass profiles, or call addProfile'];
    if (!this.linted) {
      this.linted = lintDistributed(this.profiles.entries(), options);
      this.linted.warnings.forEach(warning => printWarning(this.node.path, warning));
    }
    return this.linted.errors;
  }
}

function merge(own?: { [name: string]: string }, ours?: { [name: string]: string }): { [name: string]: string } | undefined {
  return own || ours ? { ...ours, ...own } : undefined;
}
