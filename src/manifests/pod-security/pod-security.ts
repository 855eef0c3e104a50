import { PodSecurityLevel, readPodSecurityLevel } from './level';
import { PodSecurityPod, readPodSecurityPod } from './pod';
import { seccompViolation } from './seccomp';
import { LATEST, readPodSecurityVersion } from './version';

/**
 * The decision of the Pod Security admission about a pod.
 */
export interface PodSecurityResult {
  /** True if the pod is admitted. */
  readonly allowed: boolean;

  /** Name of the control that refuses the pod: `seccompProfile`; empty for an allowed pod. */
  readonly reason: string;

  /** The reason, in the words of the API server; empty for an allowed pod. */
  readonly detail: string;
}

/**
 * The seccomp control of the Pod Security Standards. Other controls are not judged: the API server may still refuse an allowed pod, for its
 * capabilities for example.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class PodSecurity {
  /**
   * Judges a pod as an API server does.
   *
   * A field of a wrong type counts as unset; an API server would refuse such a pod altogether.
   *
   * @param pod a Pod or a pod template, with `metadata` (annotations count before version 1.19) and `spec`; or the `spec` alone. A Deployment is
   * not a pod: pass its template
   * @param level level of the standards
   * @param version version of the standards, such as `v1.29`; `latest` by default. A version later than the newest known change is like the latest
   * @throws if the level or the version is unknown
   */
  public static check(pod: any, level: PodSecurityLevel, version?: string): PodSecurityResult {
    return podSecurityResult(readPodSecurityPod(pod), level, version);
  }

  private constructor() {}
}

/** Returns the result of `PodSecurity.check` for a pod that was read before. */
export function podSecurityResult(pod: PodSecurityPod, level: PodSecurityLevel, version?: string): PodSecurityResult {
  const detail = seccompViolation(pod, readPodSecurityLevel(level), readPodSecurityVersion(version ?? LATEST.text));
  return { allowed: detail === undefined, reason: detail === undefined ? '' : 'seccompProfile', detail: detail ?? '' };
}
