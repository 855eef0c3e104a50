import { SeccompArchitecture } from '../profile/document/architecture';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { SeccompProfile } from '../profile/seccomp-profile';

/** The own ABIs of the nodes for which a profile is meant: amd64 and arm64, where it names them. */
export function nativeArchitectures({ nodes }: SeccompProfile): SeccompArchitecture[] {
  const usual = nodes.filter(node => [NodeArchitecture.AMD64, NodeArchitecture.ARM64].includes(node));
  const meant = usual.length > 0 ? usual : nodes.length > 0 ? nodes : [NodeArchitecture.AMD64];
  return meant.map(({ architectures: [native] }) => native);
}
