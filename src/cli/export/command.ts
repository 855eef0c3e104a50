import { basename } from 'path';
import { Command, Option } from 'commander';
import { checkKubeletRoot, KUBELET_ROOT, MachineConfig } from './placement';
import { InputError, list } from '../../private/errors';
import { checkLocalhostPath } from '../../private/localhost-path';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { FoundProfile } from '../documents/found-profile';
import { addDockerOptions, DockerFlags, isDockerFormat, nodeDocument } from '../documents/node-document';
import { findOne, readStrictly } from '../documents/one-profile';
import { Io, Status } from '../io';

const HELP = `
Formats:
  talos       a patch of a Talos machine configuration
  ignition    an Ignition configuration (Fedora CoreOS, Flatcar)
  cloud-init  user data for cloud-init
  kind        a kind cluster that mounts a directory; put the document into it

Pods name the profile by its --path: localhostProfile: profiles/profile.json. A document in the format of Docker and Podman is expanded as by for-node.

Examples:
  cdk8s-seccomp export profile.json --format talos --arch amd64 > patch.yaml
  cdk8s-seccomp export profile.json --format ignition --arch arm64 --path profiles/team/app.json > app.ign
  cdk8s-seccomp export profile.json --format cloud-init --arch amd64 --kubelet-root /var/lib/k0s/kubelet > user-data
  cdk8s-seccomp export profile.json --format kind --arch amd64 > cluster.yaml

Exit status: 0 done, 2 wrong usage or a file that cannot be read.
`;

interface Flags extends DockerFlags {
  readonly format?: keyof typeof FORMATS;
  readonly arch?: string;
  readonly path?: string;
  readonly kubeletRoot: string;
}

/** Formats, each loaded only when it is used. */
const FORMATS = {
  'talos': (): MachineConfig => (require('./talos') as typeof import('./talos')).talos,
  'ignition': (): MachineConfig => (require('./ignition') as typeof import('./ignition')).ignition,
  'cloud-init': (): MachineConfig => (require('./cloud-init') as typeof import('./cloud-init')).cloudInit,
  'kind': (): MachineConfig => (require('./kind') as typeof import('./kind')).kind,
};

export function exportDocument(command: Command, io: Io): (name: string, flags: Flags) => Status {
  command
    .description('Print the machine configuration that places the document on a node, for clusters in which no DaemonSet may.')
    .argument('<file>', 'a profile, or a manifest with one profile; - is standard input')
    .addOption(new Option('--format <format>', 'choose the format of the machine configuration').choices(Object.keys(FORMATS)))
    .option('--arch <arch>', 'name the architecture of the node, as in kubernetes.io/arch or uname -m; needed if nodes get different documents')
    .option('--path <path>', 'set the path below the kubelet\'s seccomp directory (default: profiles/ and the name of the file)')
    .option('--kubelet-root <directory>', 'set the root directory of the kubelet', KUBELET_ROOT);
  addDockerOptions(command).addHelpText('after', HELP);
  return (name, flags) => {
    const print = chosen(flags);
    const placement = { kubeletRoot: checkKubeletRoot(flags.kubeletRoot), localhostProfile: checkLocalhostPath(flags.path ?? defaultPath(name)) };
    const node = flags.arch === undefined ? undefined : NodeArchitecture.of(flags.arch);
    const found = findOne(name, io);
    io.stdout(print(nodeDocument(found, node ?? onlyNode(found), flags), placement));
    return Status.CLEAN;
  };
}

/** Returns the printer of the format, which has no default. */
function chosen({ format }: Flags): MachineConfig {
  if (format === undefined) throw new InputError(`--format is missing, expected one of ${list(Object.keys(FORMATS))}`);
  return FORMATS[format]();
}

/** `deploy/app.yaml` → `profiles/app.json`. */
function defaultPath(name: string): string {
  if (name === '-') throw new InputError('standard input has no name: give the path of the profile, such as --path profiles/app.json');
  return `profiles/${basename(name).replace(/\.(json|ya?ml)$/i, '')}.json`;
}

/** Returns a kind of node, if all kinds get the same document. */
function onlyNode(found: FoundProfile): NodeArchitecture {
  if (isDockerFormat(found)) throw found.file.error('is in the format of Docker and Podman, which is expanded for one kind of node: choose one with --arch');
  const profile = readStrictly(found);
  const [node, ...others] = profile.nodes;
  if (!node) throw found.file.error(`names no architecture that a node has: ${list((profile.architectures ?? []).map(String))}`);
  // Without a list of architectures all nodes get the same document.
  if (others.length === 0 || !profile.architectures?.length) return node;
  throw found.file.error(`serves ${list([node, ...others].map(String))} nodes, each with its own document: choose one with --arch`);
}
