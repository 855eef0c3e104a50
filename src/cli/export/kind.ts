import { createHash } from 'crypto';
import { MachineConfig, seccompDirectory } from './placement';
import { printYaml } from './yaml-text';

const DIRECTORY = './seccomp';

/**
 * Prints a kind cluster whose node mounts a directory of this machine as the kubelet's seccomp directory: the format cannot hold the file itself.
 *
 * @see https://kind.sigs.k8s.io/docs/user/configuration/#extra-mounts
 */
export const kind: MachineConfig = (document, placement) => {
  const file = `${DIRECTORY}/${placement.localhostProfile}`;
  const mount = { hostPath: DIRECTORY, containerPath: seccompDirectory(placement), readOnly: true };
  const cluster = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', nodes: [{ role: 'control-plane', extraMounts: [mount] }] };
  return `# This file does not contain the profile. Before \`kind create cluster\`, write the output of \`cdk8s-seccomp for-node\` to
#   ${printYaml(file).trim()}
# in the directory where you run kind. Its sha256 is
#   ${createHash('sha256').update(document).digest('hex')}
# If you add nodes, give each the same extraMounts.
${printYaml(cluster)}`;
};
