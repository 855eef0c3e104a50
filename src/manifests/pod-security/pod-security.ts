import { PodSecurityLevel, readPodSecurityLevel } from './level';
import { PodSecurityPod, readPodSecurityPod } from './pod';
import { seccompViolation } from './seccomp';
import { LATEST, readPodSecurityVersion } from './version';

/**
 * What the Pod Security admission of an API server says about a pod.
 */
export interface PodSecurityResult {
  /** Whether the pod is let in. */
  readonly allowed: boolean;

  /** The control that forbids it: `seccompProfile`; empty for a pod that is allowed. */
  readonly reason: string;

  /** What it has against the pod, in the words of the API server; empty for a pod that is allowed. */
  readonly detail: string;
}

/**
 * The seccomp control of the Pod Security Standards, and no other: a pod that it allows can still be refused for its capabilities, say.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class PodSecurity {
  /**
   * Judges a pod as an API server does.
   *
   * A field of a wrong type, for which an API server takes no pod at all, counts as unset.
   *
   * @param pod a Pod, or the template of one, with `metadata` (annotations count before version 1.19) and `spec`; or the `spec` alone. Not a
   * Deployment: that has no containers but in its template
   * @param level level to hold it to
   * @param version version of the standards, such as `v1.29`; `latest` if nothing is said. Those after the newest known change are like the latest
   * @throws if the version is none
   */
  public static check(pod: any, level: PodSecurityLevel, version?: string): PodSecurityResult {
    return podSecurityResult(readPodSecurityPod(pod), level, version);
  }

  private constructor() {}
}

/** What `PodSecurity.check` says about a pod that was read already. */
export function podSecurityResult(pod: PodSecurityPod, level: PodSecurityLevel, version?: string): PodSecurityResult {
  const detail = seccompViolation(pod, readPodSecurityLevel(level), readPodSecurityVersion(version ?? LATEST.text));
  return { allowed: detail === undefined, reason: detail === undefined ? '' : 'seccompProfile', detail: detail ?? '' };
}
