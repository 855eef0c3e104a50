import { checkPathGlob } from './check-glob';
import { check, TEXT } from '../../private/arguments';
import { globPattern, isGlob } from '../../private/glob';
import { checkLocalhostPath } from '../../private/localhost-path';
import { asLocalhostProfile, ILocalhostProfile } from '../../workloads/localhost-profile';

/** Name for the profile of a container when neither it nor its pod sets one. */
export const NO_PROFILE = 'no profile';
/** Name for the profile of a privileged container. */
export const PRIVILEGED = 'privileged';

/** Profiles that a policy accepts, by name: `RuntimeDefault`, `Localhost profiles/app.json`. */
export interface AcceptedProfiles {
  /** Whole names. */
  readonly exact: readonly string[];
  /** Regular expression for paths, without anchors. */
  readonly pathPattern?: string;
}

/**
 * A profile that a `SeccompAdmissionPolicy` allows for containers.
 */
export class AllowedProfile {
  /** The profile that the node's container engine brings. */
  public static readonly RUNTIME_DEFAULT = new AllowedProfile(() => 'RuntimeDefault', () => ({ exact: ['RuntimeDefault'] }));

  /** No filter, set explicitly. It also allows privileged containers, which have no filter either. */
  public static readonly UNCONFINED = new AllowedProfile(() => 'Unconfined', () => ({ exact: ['Unconfined', PRIVILEGED] }));

  /**
   * No profile set, neither on the container nor on its pod. Such a container runs without a filter, unless the kubelet of its node has `seccompDefault`,
   * which the API server cannot see.
   */
  public static readonly UNSET = new AllowedProfile(() => NO_PROFILE, () => ({ exact: [NO_PROFILE] }));

  /**
   * A profile of your own.
   *
   * @param profile the profile, or the construct that distributes it, such as a `MindieProfileDaemonSet`. Its path is read at synth
   */
  public static localhost(profile: ILocalhostProfile): AllowedProfile {
    asLocalhostProfile(profile);
    const name = () => `Localhost ${checkLocalhostPath(profile.localhostProfile)}`;
    return new AllowedProfile(name, () => ({ exact: [name()] }));
  }

  /**
   * Profiles of your own, by their path.
   *
   * @param glob path below the kubelet's seccomp directory, where `*` matches anything within a segment, `?` one character of it, and `**` any number
   * of segments: `profiles/app-*.json`, `profiles/**`. A path with an empty or `.` segment matches no glob
   * @throws if no path can match it
   */
  public static localhostPath(glob: string): AllowedProfile {
    checkPathGlob(check(TEXT, glob, 'glob'));
    const name = `Localhost ${glob}`;
    return new AllowedProfile(() => name, () => isGlob(glob) ? { exact: [], pathPattern: globPattern(glob) } : { exact: [name] });
  }

  private constructor(private readonly name: () => string, private readonly accepted: () => AcceptedProfiles) {}

  /** Short text for messages, such as `Localhost profiles/app-*.json`. */
  public toString(): string {
    return this.name();
  }

  /** @internal */
  public get _accepted(): AcceptedProfiles {
    return this.accepted();
  }
}
