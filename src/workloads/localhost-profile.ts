import { Construct, IConstruct } from 'constructs';
import { InputError, show } from '../private/errors';

/**
 * A profile that lies, or will lie, on the nodes: whatever distributes profiles hands these out.
 */
export interface ILocalhostProfile {
  /**
   * Path of the profile below the kubelet's seccomp directory, such as `profiles/mindie/mindie.json`: what
   * `securityContext.seccompProfile.localhostProfile` of a pod needs. It is read at synth.
   *
   * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context
   */
  readonly localhostProfile: string;
}

/** A profile handed out by a construct of this app. */
export class InstalledProfile implements ILocalhostProfile {
  public constructor(
    public readonly localhostProfile: string,
    public readonly installer: IConstruct,
    /** Label of the nodes that have the profile, if they are labelled. */
    public readonly _nodeLabel?: string,
  ) {}
}

/** A profile that is handed out, where JavaScript may have handed over anything. Its path may be known only at synth. */
export function asLocalhostProfile(value: unknown): ILocalhostProfile {
  if (typeof value === 'object' && value !== null && 'localhostProfile' in value) return value as ILocalhostProfile;
  const remedy = typeof value === 'string' ? ': for a path use SeccompMode.localhostPath(path)' : '';
  throw new InputError(`expected what distributes a profile, such as a MindieProfileDaemonSet or what addProfile returns, got ${show(value)}${remedy}`);
}

/** The label of the nodes that have a profile, if what distributes it labels them. */
export function nodeLabelOf(profile: ILocalhostProfile): string | undefined {
  return (profile as Partial<InstalledProfile>)._nodeLabel;
}

/** The construct behind a profile: known when it is that construct itself, or was handed out by one. */
export function installerOf(profile: ILocalhostProfile): IConstruct | undefined {
  if (profile instanceof InstalledProfile) return profile.installer;
  return Construct.isConstruct(profile) ? profile : undefined;
}
