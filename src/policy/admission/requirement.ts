import { AllowedProfile, NO_PROFILE } from './allowed-profile';
import { appliedProfiles, containerProfiles, isOneOf, isWindows, podProfile, ProfileText, withPod } from './cel';
import { PodSecurityLevel, readPodSecurityLevel } from '../../manifests/pod-security/level';
import { check, instanceOf, listOf } from '../../private/arguments';
import { InputError } from '../../private/errors';

/** A requirement in CEL. */
export interface RequirementExpressions {
  /** The profile of the pod itself. */
  readonly podProfile: string;
  /** A list of `{of, profile}`: whose profile it is, and its name. */
  readonly profiles: string;
  /** Whether the profile `p` meets it. */
  readonly isAllowed: string;
  /** Whether it does not concern the pod at all; undefined if it concerns every pod. */
  readonly isExempt?: string;
  /** What it expects, for messages. */
  readonly expected: readonly string[];
}

/**
 * What a `SeccompAdmissionPolicy` requires of pods.
 */
export class SeccompRequirement {
  /**
   * Every container, init and ephemeral container has one of these profiles: its own, or that of its pod if it has none.
   *
   * A privileged container runs without a filter, whatever it asks for. It is refused unless `AllowedProfile.UNCONFINED` is among them. Pods that
   * say they are for Windows (`spec.os.name`) meet it: there is no seccomp.
   *
   * @param profiles such as `AllowedProfile.RUNTIME_DEFAULT`
   * @throws if there is none
   */
  public static oneOf(...profiles: AllowedProfile[]): SeccompRequirement {
    if (profiles.length === 0) throw new InputError('no profile is allowed, expected at least one: AllowedProfile.RUNTIME_DEFAULT, for instance');
    check(listOf(instanceOf(AllowedProfile, 'an AllowedProfile such as AllowedProfile.RUNTIME_DEFAULT')), profiles, 'profiles');
    const allowed = [...profiles];
    return new SeccompRequirement(() => ({
      podProfile: podProfile(ProfileText.NAME),
      profiles: appliedProfiles(),
      isAllowed: isOneOf(allowed.map(each => each._accepted)),
      isExempt: isWindows(),
      expected: [...new Set(allowed.map(String))],
    }));
  }

  /**
   * The seccomp control of the Pod Security Standards, in its latest version: refuses the pods that `PodSecurity.check` refuses. Unlike `oneOf` it
   * minds a pod's own profile even if no container inherits it, and does not mind privileged containers.
   *
   * Where a label of the namespace will do, use Pod Security admission itself. This is for exemptions, for the templates of workloads, which Pod
   * Security only warns of, and for namespaces whose labels are not yours.
   *
   * @param level `PodSecurityLevel.BASELINE` or `PodSecurityLevel.RESTRICTED`
   * @throws if the level is privileged, which requires nothing
   */
  public static podSecurity(level: PodSecurityLevel): SeccompRequirement {
    if (readPodSecurityLevel(level) === PodSecurityLevel.PRIVILEGED) {
      throw new InputError('level "privileged" requires nothing, expected "baseline" or "restricted"');
    }
    const isRestricted = level === PodSecurityLevel.RESTRICTED;
    const types = ['RuntimeDefault', 'Localhost', ...isRestricted ? [] : [NO_PROFILE]];
    return new SeccompRequirement(() => ({
      podProfile: podProfile(ProfileText.TYPE),
      profiles: withPod(containerProfiles(ProfileText.TYPE)),
      isAllowed: isOneOf([{ exact: types }]),
      isExempt: isRestricted ? isWindows() : undefined,
      expected: types,
    }));
  }

  private constructor(private readonly express: () => RequirementExpressions) {}

  /** @internal */
  public get _expressions(): RequirementExpressions {
    return this.express();
  }
}
