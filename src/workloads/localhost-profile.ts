import { Construct, IConstruct } from 'constructs';
import { InputError, show } from '../private/errors';

/**
 * A profile that is, or will be, in a file on the nodes. Constructs that distribute profiles return it.
 */
export interface ILocalhostProfile {
  /**
   * Path of the profile below the kubelet's seccomp directory, such as `profiles/mindie/mindie.json`: the value of
   * `securityContext.seccompProfile.localhostProfile` of a pod. It is read at synth.
   *
   * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context
   */
  readonly localhostProfile: string;
}

/** A profile that a construct of this app distributes. */
export class InstalledProfile implements ILocalhostProfile {
  public constructor(
    public readonly localhostProfile: string,
    public readonly installer: IConstruct,
    /** Label of the nodes that have the profile, if they are labelled. */
    public readonly _nodeLabel?: string,
  ) {}
}

/** Checks a profile, because JavaScript may pass anything. Its path may be known only at synth. */
export function asLocalhostProfile(value: unknown): ILocalhostProfile {
  if (typeof value === 'object' && value !== null && 'localhostProfile' in value) return value as ILocalhostProfile;
  const remedy = typeof value === 'string' ? ': for a path use SeccompMode.localhostPath(path)' : '';
  throw new InputError(`expected a profile on the nodes, such as a MindieProfileDaemonSet or the result of addProfile, got ${show(value)}${remedy}`);
}

/** Returns the label of the nodes that have a profile, if they are labelled. */
export function nodeLabelOf(profile: ILocalhostProfile): string | undefined {
  return (profile as Partial<InstalledProfile>)._nodeLabel;
}

/** Returns the construct that distributes a profile: the profile itself, or the construct that returned it; undefined if not known. */
export function installerOf(profile: ILocalhostProfile): IConstruct | undefined {
  if (profile instanceof InstalledProfile) return profile.installer;
  return Construct.isConstruct(profile) ? profile : undefined;
}
