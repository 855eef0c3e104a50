import { Construct } from 'constructs';
import { ProfileVersioning } from './profile-versioning';
import { SeccompProfileDaemonSet } from './seccomp-profile-daemon-set';
import { SeccompProfileDaemonSetOptions } from './seccomp-profile-daemon-set-options';
import { check, OBJECT } from '../private/arguments';
import { MindieProfile } from '../profile/mindie/mindie-profile';
import { SeccompProfile } from '../profile/seccomp-profile';
import { ILocalhostProfile, nodeLabelOf } from '../workloads/localhost-profile';

const PATH = 'profiles/mindie/mindie-motor-seccomp-blacklist.json';

/**
 * Properties of a `MindieProfileDaemonSet`.
 */
export interface MindieProfileDaemonSetProps extends SeccompProfileDaemonSetOptions {
  /**
   * The profile to install at the path of MindIE Motor's guide.
   *
   * @default MindieProfile.reference()
   */
  readonly profile?: SeccompProfile;
}

/**
 * Brings MindIE Motor's profile to every node, at the path that its guide names:
 * `profiles/mindie/mindie-motor-seccomp-blacklist.json`, unless `versioning` is CONTENT_HASH.
 *
 * Pass it to `SeccompMode.localhost`.
 */
export class MindieProfileDaemonSet extends SeccompProfileDaemonSet implements ILocalhostProfile {
  /** Path of the profile below the kubelet's seccomp directory. */
  public readonly localhostProfile: string;

  /** @internal */
  public readonly _nodeLabel?: string;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props another profile than the reference, and the options of the DaemonSet
   */
  public constructor(scope: Construct, id: string, props: MindieProfileDaemonSetProps = {}) {
    super(scope, id, { ...check(OBJECT, props, 'props'), versioning: props.versioning ?? ProfileVersioning.FIXED_NAME });
    const profile = this.addProfile(PATH, props.profile ?? MindieProfile.reference());
    this.localhostProfile = profile.localhostProfile;
    this._nodeLabel = nodeLabelOf(profile);
  }
}
