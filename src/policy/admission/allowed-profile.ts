import { checkPathGlob } from './check-glob';
import { check, TEXT } from '../../private/arguments';
import { globPattern, isGlob } from '../../private/glob';
import { checkLocalhostPath } from '../../private/localhost-path';
import { asLocalhostProfile, ILocalhostProfile } from '../../workloads/localhost-profile';

/** How the policy names the profile of a container that is given none, by itself or by its pod. */
export const NO_PROFILE = 'no profile';
/** How the policy names that of a privileged container. */
export const PRIVILEGED = 'privileged';

/** What a policy accepts, as it names it: `RuntimeDefault`, `Localhost profiles/app.json`. */
export interface AcceptedProfiles {
  /** Names. */
  readonly exact: readonly string[];
  /** A regular expression for paths, without anchors. */
  readonly pathPattern?: string;
}

/**
 * A profile that a `SeccompAdmissionPolicy` lets containers have.
 */
export class AllowedProfile {
  /** The filter that the node's container runtime brings. */
  public static readonly RUNTIME_DEFAULT = new AllowedProfile(() => 'RuntimeDefault', () => ({ exact: ['RuntimeDefault'] }));

  /** No filter, asked for. Privileged containers are allowed with it, since they have none either. */
  public static readonly UNCONFINED = new AllowedProfile(() => 'Unconfined', () => ({ exact: ['Unconfined', PRIVILEGED] }));

  /**
   * Neither the container nor its pod says anything. That is no filter, but on nodes whose kubelet has `seccompDefault`, which the API server
   * cannot see.
   */
  public static readonly UNSET = new AllowedProfile(() => NO_PROFILE, () => ({ exact: [NO_PROFILE] }));

  /**
   * A profile of your own.
   *
   * @param profile what distributes it, such as a `MindieProfileDaemonSet`. Its path is read at synth
   */
  public static localhost(profile: ILocalhostProfile): AllowedProfile {
    asLocalhostProfile(profile);
    const name = () => `Localhost ${checkLocalhostPath(profile.localhostProfile)}`;
    return new AllowedProfile(name, () => ({ exact: [name()] }));
  }

  /**
   * Profiles of your own by their path.
   *
   * @param glob path below the kubelet's seccomp directory. In it `*` stands for anything within a segment, `?` for one character of it, `**` for any
   * number of segments: `profiles/app-*.json`, `profiles/**`. A path with an empty or `.` segment matches no glob
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
