import { Command, Option } from 'commander';
import { FoundProfile } from './found-profile';
import { located } from './one-profile';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { readLeniently } from '../../profile/document/parse-leniently';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { kernelOption } from '../options';

/** Options for the format of Docker, which depends on more than the architecture of the node. */
export interface DockerFlags {
  readonly capability?: string[];
  readonly kernel?: string;
}

export function addDockerOptions(command: Command): Command {
  return command
    .option('--capability <name...>', 'expand the format of Docker for these capabilities of the container, not for the default 14')
    .addOption(new Option('--kernel <version>', 'expand the format of Docker for this kernel of the node (default: 5.10)').argParser(kernelOption));
}

/** True if a profile is in the format of Docker and Podman. */
export function isDockerFormat({ root }: FoundProfile): boolean {
  return readLeniently(root).faults.some(({ rule }) => rule === 'docker-format');
}

/** Returns the document that one kind of node can load. */
export function nodeDocument(found: FoundProfile, node: NodeArchitecture, { capability, kernel }: DockerFlags): string {
  const isDocker = isDockerFormat(found);
  if (!isDocker && (capability || kernel)) {
    throw found.file.error('is an OCI profile, which does not depend on capabilities or the kernel: leave out --capability and --kernel');
  }
  const profile = isDocker
    ? located(found, value => SeccompProfile.fromDockerFormat(value, { node, capabilities: capability, kernelVersion: kernel }))
    : located(found, value => SeccompProfile.fromJson(value).forNode(node));
  return profile.toJson();
}
