import { Command, Option } from 'commander';
import { readLeniently } from '../../lint/reading';
import { NodeArchitecture } from '../../profile/node-architecture';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { findOne, located } from '../input/one-profile';
import { Io, Status } from '../io';
import { kernelOption } from '../options';

const HELP = `
Of the architectures, those stay that the node runs; everything else stays as it is. A document in the format of Docker and Podman is expanded as
the engine would do it: give the capabilities of the container and the kernel of the node, if they are not the usual ones.

Examples:
  cdk8s-seccomp for-node profile.json arm64 > arm64.json
  cdk8s-seccomp for-node docker-default.json amd64 --capability SYS_PTRACE NET_BIND_SERVICE --kernel 6.1
`;

interface Flags {
  readonly capability?: string[];
  readonly kernel?: string;
}

export function forNode(command: Command, io: Io): (name: string, architecture: string, flags: Flags) => Status {
  command
    .description('Print the document that one kind of node can load.')
    .argument('<file>', 'a profile, or a manifest with one profile; - is standard input')
    .argument('<arch>', 'architecture of the node, as in kubernetes.io/arch or uname -m: amd64, arm64, …')
    .option('--capability <name...>', 'capabilities of the container instead of the usual 14, for the format of Docker')
    .addOption(new Option('--kernel <version>', 'kernel of the node, for the format of Docker (default: 5.10)').argParser(kernelOption))
    .addHelpText('after', HELP);
  return (name, architecture, { capability, kernel }) => {
    const node = NodeArchitecture.of(architecture);
    const found = findOne(name, io);
    const isDocker = readLeniently(found.root).faults.some(({ rule }) => rule === 'docker-format');
    if (!isDocker && (capability || kernel)) {
      throw found.file.error('is an OCI profile, in which nothing depends on capabilities or the kernel: leave out --capability and --kernel');
    }
    const profile = isDocker
      ? located(found, value => SeccompProfile.fromDockerFormat(value, { node, capabilities: capability, kernelVersion: kernel }))
      : located(found, value => SeccompProfile.fromJson(value).forNode(node));
    io.stdout(profile.toJson());
    return Status.CLEAN;
  };
}
