import { k8s } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { ILocalhostProfile, installerOf, nodeLabelOf } from './localhost-profile';
import { checkLocalhostPath } from '../private/localhost-path';

/**
 * Which seccomp filter the containers of a pod get.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export class SeccompMode {
  /**
   * No filter. The most compatible mode, and the default: no system call can fail because of it.
   */
  public static readonly UNCONFINED = new SeccompMode('Unconfined');

  /**
   * The filter that the node's container runtime brings. Threads cannot start under it where the runtime is older than
   * Docker 20.10.10 or containerd 1.4.10 / 1.5.6 and the image's glibc uses clone3.
   */
  public static readonly RUNTIME_DEFAULT = new SeccompMode('RuntimeDefault');

  /**
   * A profile of your own that something puts on every node.
   *
   * @param profile what distributes it, such as a `MindieProfileDaemonSet`
   */
  public static localhost(profile: ILocalhostProfile): SeccompMode {
    return new SeccompMode('Localhost', profile);
  }

  /**
   * A profile of your own that lies on every node already.
   *
   * @param path path below the kubelet's seccomp directory, such as `profiles/mindie/mindie.json`
   * @throws if the path is empty, absolute, leaves the directory or is not a `.json` file
   */
  public static localhostPath(path: string): SeccompMode {
    return SeccompMode.localhost({ localhostProfile: checkLocalhostPath(path) });
  }

  private constructor(
    /** The `type` of a pod's seccompProfile: `Unconfined`, `RuntimeDefault` or `Localhost`. */
    public readonly type: string,
    private readonly profile?: ILocalhostProfile,
  ) {}

  /** Path of the profile below the kubelet's seccomp directory; undefined unless the type is `Localhost`. */
  public get localhostProfile(): string | undefined {
    return this.profile && checkLocalhostPath(this.profile.localhostProfile);
  }

  /** Short text for messages and reports, such as `Localhost profiles/mindie/mindie.json`. */
  public toString(): string {
    return [this.type, this.localhostProfile].filter(part => part).join(' ');
  }

  /**
   * The construct that puts the profile on the nodes, if one in this app does.
   *
   * @internal
   */
  public get _installer(): IConstruct | undefined {
    return this.profile && installerOf(this.profile);
  }

  /**
   * The label of the nodes that have the profile, if they are labelled.
   *
   * @internal
   */
  public get _nodeLabel(): string | undefined {
    return this.profile && nodeLabelOf(this.profile);
  }

  /** @internal */
  public _toKube(): k8s.SeccompProfile {
    return { type: this.type, localhostProfile: this.localhostProfile };
  }
}
