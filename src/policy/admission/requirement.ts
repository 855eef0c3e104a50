import { AllowedProfile, NO_PROFILE } from './allowed-profile';
import { appliedProfiles, containerProfiles, isOneOf, isWindows, podProfile, ProfileText, withPod } from './cel';
import { PodSecurityLevel, readPodSecurityLevel } from '../../manifests/pod-security/level';
import { check, instanceOf, listOf } from '../../private/arguments';
import { InputError } from '../../private/errors';

/** Expressions of a requirement, in CEL. */
export interface RequirementExpressions {
  /** The profile of the pod itself. */
  readonly podProfile: string;
  /** List of `{of, profile}`: the owner of each profile, and its name. */
  readonly profiles: string;
  /** Condition that the profile `p` meets the requirement. */
  readonly isAllowed: string;
  /** Condition that the requirement does not concern the pod; undefined if it concerns every pod. */
  readonly isExempt?: string;
  /** Expected profiles, for messages. */
  readonly expected: readonly string[];
}

/**
 * Requirement of a `SeccompAdmissionPolicy` on pods.
 */
export class SeccompRequirement {
  /**
   * Requires one of these profiles for every container, init and ephemeral container: its own, or its pod's if it has none.
   *
   * A privileged container runs without a filter, whatever profile it sets. It is refused unless `AllowedProfile.UNCONFINED` is among the profiles. Pods
   * for Windows (`spec.os.name`) pass, because Windows has no seccomp.
   *
   * @param profiles the allowed profiles, such as `AllowedProfile.RUNTIME_DEFAULT`
   * @throws if no profile is given
   */
  public static oneOf(...profiles: AllowedProfile[]): SeccompRequirement {
    if (profiles.length === 0) throw new InputError('no profile is given, expected at least one such as AllowedProfile.RUNTIME_DEFAULT');
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
   * Requires the seccomp control of the Pod Security Standards, in its latest version: refuses the pods that `PodSecurity.check` refuses. Unlike `oneOf`, it
   * checks a pod's own profile even if no container inherits it, and ignores whether containers are privileged.
   *
   * If a label of the namespace is enough, use Pod Security admission itself. This requirement is for exemptions, for the templates of workloads, which
   * Pod Security only warns about, and for namespaces whose labels you may not change.
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
