import { Command } from 'commander';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { addDockerOptions, DockerFlags, nodeDocument } from '../documents/node-document';
import { findOne } from '../documents/one-profile';
import { Io, Status } from '../io';

const HELP = `
The document keeps only the architectures that the node runs; everything else stays. A document in the format of Docker and Podman is expanded as the
engine does it: give the capabilities of the container and the kernel of the node if they differ from the defaults.

Examples:
  cdk8s-seccomp for-node profile.json arm64 > arm64.json
  cdk8s-seccomp for-node docker-default.json amd64 --capability SYS_PTRACE NET_BIND_SERVICE --kernel 6.1

Exit status: 0 done, 2 wrong usage or a file that cannot be read.
`;

export function forNode(command: Command, io: Io): (name: string, architecture: string, flags: DockerFlags) => Status {
  command
    .description('Print the document that one kind of node can load.')
    .argument('<file>', 'a profile, or a manifest with one profile; - is standard input')
    .argument('<arch>', 'architecture of the node, as in kubernetes.io/arch or uname -m: amd64, arm64, …');
  addDockerOptions(command).addHelpText('after', HELP);
  return (name, architecture, flags) => {
    const node = NodeArchitecture.of(architecture);
    io.stdout(nodeDocument(findOne(name, io), node, flags));
    return Status.CLEAN;
  };
}
