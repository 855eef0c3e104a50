import { NodeArchitecture, SeccompProfile } from '../../lib';
import { allNames } from '../../lib/syscalls/numbers';

/** An allowlist of so many names; another one for each `from`. */
export function allowlist(count: number, { from = 0, nodes = [NodeArchitecture.AMD64, NodeArchitecture.ARM64] } = {}): SeccompProfile {
  return SeccompProfile.allowlist({ allowed: allNames().slice(from, from + count), architectures: nodes.flatMap(node => node.architectures) });
}
