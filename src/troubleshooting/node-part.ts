import { SeccompArchitecture } from '../profile/document/architecture';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { SeccompProfile } from '../profile/seccomp-profile';

/** Returns the part of a profile for the node kind that runs an ABI, preferably as its native ABI; the whole profile if it is for no such node kind. */
export function nodePartOf(profile: SeccompProfile, { value }: SeccompArchitecture): SeccompProfile {
  const rank = ({ architectures }: NodeArchitecture) => architectures.findIndex(architecture => architecture.value === value);
  const [node] = profile.nodes.filter(each => rank(each) >= 0).sort((one, other) => rank(one) - rank(other));
  return node ? profile.forNode(node) : profile;
}
