import { AbstractPod, Container, k8s, SeccompProfileType } from 'cdk8s-plus-28';
import { requireNodeLabel } from './node-label';
import { SeccompMode } from './seccomp-mode';
import { show } from '../private/errors';

/**
 * What the six secured workloads have in common: the mode stands on the pod, and no container may undo it.
 */
export class PodSeccomp {
  public constructor(pod: AbstractPod, public readonly mode: SeccompMode = SeccompMode.UNCONFINED) {
    pod.node.addValidation({ validate: () => validatePodSeccomp(pod, mode) });
    // The chart that brings the profile to the nodes is then written, and applied, before the pods that need it.
    const installer = mode._installer;
    if (installer) pod.node.addDependency(installer);
  }

  /** The pod spec with the mode on it, for the nodes that have the profile. */
  public secure(spec: k8s.PodSpec): k8s.PodSpec {
    const label = this.mode._nodeLabel;
    return {
      ...spec,
      ...label && { affinity: requireNodeLabel(spec.affinity, label) },
      securityContext: { ...spec.securityContext, seccompProfile: this.mode._toKube() },
    };
  }
}

function validatePodSeccomp(pod: AbstractPod, mode: SeccompMode): string[] {
  const regular = pod.containers.map(container => containerFault(container, 'container', mode));
  const init = pod.initContainers.map(container => containerFault(container, 'initContainer', mode));
  return [...init, ...regular].filter(fault => fault !== undefined);
}

/** A container's own profile wins over the pod's, and the kernel gives a privileged container none. */
function containerFault(container: Container, kind: string, mode: SeccompMode): string | undefined {
  const { privileged, seccompProfile: own } = container.securityContext;
  const name = `${kind} "${container.name}"`;
  const remedy = 'remove it, or give the pod that mode';

  if (own?.type === SeccompProfileType.UNCONFINED && mode.type !== SeccompMode.UNCONFINED.type) {
    return `${name} sets seccompProfile Unconfined, which wins over the pod's ${mode}: ${remedy}`;
  }
  if (own?.type === SeccompProfileType.LOCALHOST && !isAcceptedPath(own.localhostProfile)) {
    return `${name} sets seccompProfile Localhost with localhostProfile ${show(own.localhostProfile)}, which the API server refuses, `
      + `expected a path below the kubelet's seccomp directory: ${remedy}`;
  }
  if (privileged && (own?.type ?? mode.type) !== SeccompMode.UNCONFINED.type) {
    return `${name} is privileged, so the kernel applies no seccomp profile to it, not even ${own?.type ?? mode}: `
      + 'drop privileged, or use SeccompMode.UNCONFINED to say so';
  }
  return undefined;
}

/** The rule of the API server for `localhostProfile`; a container that chose its own path need not keep to our stricter one. */
function isAcceptedPath(path: string | undefined): boolean {
  return !!path && !path.startsWith('/') && !path.split('/').includes('..');
}
