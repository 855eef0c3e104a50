import { InputError, list, show } from '../../private/errors';

/**
 * A level of the Pod Security Standards.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Allows everything. */
  PRIVILEGED = 'privileged',
  /** Forbids `Unconfined`. */
  BASELINE = 'baseline',
  /** Requires a profile for every container. */
  RESTRICTED = 'restricted',
}

export const POD_SECURITY_LEVELS: readonly PodSecurityLevel[] = Object.values(PodSecurityLevel);

export function findPodSecurityLevel(text: string): PodSecurityLevel | undefined {
  return POD_SECURITY_LEVELS.find(level => level === text);
}

/**
 * @throws if the text is not the name of a level
 */
export function readPodSecurityLevel(text: string): PodSecurityLevel {
  const level = findPodSecurityLevel(text);
  if (level === undefined) throw new InputError(`${show(text)} is not a level of Pod Security, expected one of ${list(POD_SECURITY_LEVELS)}`);
  return level;
}
