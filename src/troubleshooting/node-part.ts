import { SeccompArchitecture } from '../profile/document/architecture';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { SeccompProfile } from '../profile/seccomp-profile';

/** What a profile for many kinds of node says on the one that runs programs of an ABI, best as its own; all of it if it is for no such node. */
export function nodePartOf(profile: SeccompProfile, { value }: SeccompArchitecture): SeccompProfile {
  const rank = ({ architectures }: NodeArchitecture) => architectures.findIndex(architecture => architecture.value === value);
  const [node] = profile.nodes.filter(each => rank(each) >= 0).sort((one, other) => rank(one) - rank(other));
  return node ? profile.forNode(node) : profile;
}
