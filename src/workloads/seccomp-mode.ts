import { k8s } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { asLocalhostProfile, ILocalhostProfile, installerOf, nodeLabelOf } from './localhost-profile';
import { InputError, show } from '../private/errors';
import { checkLocalhostPath } from '../private/localhost-path';

/**
 * Seccomp mode of a pod: the profile that its containers get, or none.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export class SeccompMode {
  /**
   * No filter. The most compatible mode, and the default: no system call can fail because of it.
   */
  public static readonly UNCONFINED = new SeccompMode('Unconfined');

  /**
   * The profile that the node's container engine brings. Threads cannot start under it if the engine is older than
   * Docker 20.10.10 or containerd 1.4.10 / 1.5.6 and the image's glibc uses clone3.
   */
  public static readonly RUNTIME_DEFAULT = new SeccompMode('RuntimeDefault');

  /**
   * Returns the mode with a name, which may come from outside, such as from an environment variable:
   * `SeccompMode.of(process.env.SECCOMP_MODE ?? 'runtime-default')`.
   *
   * @param text `unconfined` or `runtime-default`, or as Kubernetes spells them, `Unconfined` or `RuntimeDefault`; in upper or lower case
   * @throws if the text is another one, also for Localhost, whose name does not say which profile
   */
  public static of(text: string): SeccompMode {
    const mode = typeof text === 'string' ? NAMES.get(text.toLowerCase()) : undefined;
    if (mode) return mode;
    throw new InputError(`${show(text)} is not a seccomp mode, expected one of unconfined, runtime-default: for localhost use SeccompMode.localhost(profile)`);
  }

  /**
   * A profile of your own that a construct puts on every node.
   *
   * @param profile the profile, or the construct that distributes it, such as a `MindieProfileDaemonSet`
   * @throws if it has no `localhostProfile`
   */
  public static localhost(profile: ILocalhostProfile): SeccompMode {
    return new SeccompMode('Localhost', asLocalhostProfile(profile));
  }

  /**
   * A profile of your own that is on every node already.
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

const NAMES: ReadonlyMap<string, SeccompMode> = new Map([
  ['unconfined', SeccompMode.UNCONFINED],
  ['runtime-default', SeccompMode.RUNTIME_DEFAULT],
  ['runtimedefault', SeccompMode.RUNTIME_DEFAULT],
]);
