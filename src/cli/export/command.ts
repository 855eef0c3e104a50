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
  kind        a kind cluster that mounts a directory; the document has to be put there

Pods name the profile by its --path: localhostProfile: profiles/profile.json. A document in the format of Docker and Podman is expanded as for-node
does it.

Examples:
  cdk8s-seccomp export profile.json --format talos --arch amd64 > patch.yaml
  cdk8s-seccomp export profile.json --format ignition --arch arm64 --path profiles/team/app.json > app.ign
  cdk8s-seccomp export profile.json --format cloud-init --arch amd64 --kubelet-root /var/lib/k0s/kubelet > user-data
  cdk8s-seccomp export profile.json --format kind --arch amd64 > cluster.yaml
`;

interface Flags extends DockerFlags {
  readonly format?: keyof typeof FORMATS;
  readonly arch?: string;
  readonly path?: string;
  readonly kubeletRoot: string;
}

/** Each is loaded only when it is asked for. */
const FORMATS = {
  'talos': (): MachineConfig => (require('./talos') as typeof import('./talos')).talos,
  'ignition': (): MachineConfig => (require('./ignition') as typeof import('./ignition')).ignition,
  'cloud-init': (): MachineConfig => (require('./cloud-init') as typeof import('./cloud-init')).cloudInit,
  'kind': (): MachineConfig => (require('./kind') as typeof import('./kind')).kind,
};

export function exportDocument(command: Command, io: Io): (name: string, flags: Flags) => Status {
  command
    .description('Print the machine configuration that places the document on a node, for clusters where no DaemonSet may do it.')
    .argument('<file>', 'a profile, or a manifest with one profile; - is standard input')
    .addOption(new Option('--format <format>', 'what to print').choices(Object.keys(FORMATS)))
    .option('--arch <arch>', 'architecture of the node, as in kubernetes.io/arch or uname -m; needed if not every node gets the same document')
    .option('--path <path>', 'path below the kubelet\'s seccomp directory (default: profiles/ and the name of the file)')
    .option('--kubelet-root <directory>', 'directory of the kubelet', KUBELET_ROOT);
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

/** No format is the usual one, so there is no default. */
function chosen({ format }: Flags): MachineConfig {
  if (format === undefined) throw new InputError(`--format is missing, expected one of ${list(Object.keys(FORMATS))}`);
  return FORMATS[format]();
}

/** `deploy/app.yaml` → `profiles/app.json`. */
function defaultPath(name: string): string {
  if (name === '-') throw new InputError('standard input has no name: give the path of the profile, such as --path profiles/app.json');
  return `profiles/${basename(name).replace(/\.(json|ya?ml)$/i, '')}.json`;
}

/** A node that gets the same document as every other one. */
function onlyNode(found: FoundProfile): NodeArchitecture {
  if (isDockerFormat(found)) throw found.file.error('is in the format of Docker and Podman, which is expanded for one kind of node: choose it with --arch');
  const profile = readStrictly(found);
  const [node, ...others] = profile.nodes;
  if (!node) throw found.file.error(`names no architecture that a node has: ${list((profile.architectures ?? []).map(String))}`);
  // Without a list of architectures the document is the same everywhere.
  if (others.length === 0 || !profile.architectures?.length) return node;
  throw found.file.error(`serves ${list([node, ...others].map(String))} nodes, each with a document of its own: choose one with --arch`);
}
