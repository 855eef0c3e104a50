import { Chart } from 'cdk8s';
import { AbstractPod, Container, k8s, SeccompProfileType } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { requireNodeLabel } from './node-label';
import { annotationFaults } from './seccomp-annotations-conflict';
import { SeccompMode } from './seccomp-mode';
import { asSeccompMode } from './seccomp-mode-argument';
import { show } from '../private/errors';
import { localhostPathFault } from '../private/localhost-path';

/**
 * Common part of the six secured workloads: sets the mode on the pod, and lets no container weaken it.
 */
export class PodSeccomp {
  public readonly mode: SeccompMode;

  public constructor(pod: AbstractPod, given: SeccompMode = SeccompMode.UNCONFINED) {
    const mode = asSeccompMode(given, pod.node.path);
    this.mode = mode;
    pod.node.addValidation({ validate: () => validatePodSeccomp(pod, mode) });
    const installer = mode._installer;
    if (installer) applyAfter(pod, installer);
  }

  /** Returns the pod spec with the mode, and with an affinity for the nodes that have the profile. */
  public secure(spec: k8s.PodSpec): k8s.PodSpec {
    const label = this.mode._nodeLabel;
    return {
      ...spec,
      ...label && { affinity: requireNodeLabel(spec.affinity, label) },
      securityContext: { ...spec.securityContext, seccompProfile: this.mode._toKube() },
    };
  }
}

/**
 * Orders the pods after the installer of their profile. Between charts, cdk8s would turn the dependency of each pod into one of its chart, and take time for
 * each.
 */
function applyAfter(pod: AbstractPod, installer: IConstruct): void {
  const [own, other] = [Chart.of(pod), Chart.of(installer)];
  if (own === other) pod.node.addDependency(installer);
  else own.node.addDependency(other);
}

function validatePodSeccomp(pod: AbstractPod, mode: SeccompMode): string[] {
  return [...faults(pod.initContainers, 'initContainer', mode), ...faults(pod.containers, 'container', mode), ...annotationFaults(pod, mode)];
}

function faults(containers: readonly Container[], kind: string, mode: SeccompMode): string[] {
  return containers.flatMap(container => {
    const fault = containerFault(container, mode);
    return fault === undefined ? [] : [`${kind} "${container.name}" ${fault}`];
  });
}

/** Returns the fault of a container, whose own profile wins over the pod's. The kernel applies no profile to a privileged container. */
function containerFault({ securityContext }: Container, mode: SeccompMode): string | undefined {
  const { privileged, seccompProfile: own } = securityContext;
  const remedy = 'remove it, or give the pod that mode';

  if (own?.type === SeccompProfileType.UNCONFINED && mode.type !== SeccompMode.UNCONFINED.type) {
    return `sets seccompProfile Unconfined, which wins over the pod's ${mode}: ${remedy}`;
  }
  const path = own?.localhostProfile;
  // A container that chose its own path need not keep to our stricter rule.
  if (own?.type === SeccompProfileType.LOCALHOST && (path === '' || localhostPathFault(path, 'API server'))) {
    return `sets seccompProfile Localhost with localhostProfile ${show(path)}, which ${path === '' ? 'names no file' : 'the API server refuses'}, `
      + `expected a path below the kubelet's seccomp directory: ${remedy}`;
  }
  if (privileged && (own?.type ?? mode.type) !== SeccompMode.UNCONFINED.type) {
    return `is privileged, so the kernel applies no seccomp profile to it, not even ${own?.type ?? mode}: `
      + 'drop privileged, or use SeccompMode.UNCONFINED to say so';
  }
  return undefined;
}
