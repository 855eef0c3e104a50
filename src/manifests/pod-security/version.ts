import { InputError, show } from '../../private/errors';

/** A version of the Pod Security Standards. */
export interface PodSecurityVersion {
  /** As a namespace's label has it: `v1.29`, or `latest`. */
  readonly text: string;
  /** The second number of Kubernetes 1.x; infinite for the latest. */
  readonly minor: number;
}

export const LATEST: PodSecurityVersion = { text: 'latest', minor: Infinity };

/** The version of a label, exactly as the API server takes it. */
export function findPodSecurityVersion(text: string): PodSecurityVersion | undefined {
  if (text === LATEST.text) return LATEST;
  const minor = /^v1\.(0|[1-9][0-9]*)$/.exec(text)?.[1];
  // Its number is an int64.
  return minor === undefined || BigInt(minor) >= 2n ** 63n ? undefined : { text, minor: Number(minor) };
}

/**
 * A version that somebody has given, with or without its v.
 *
 * @throws unless it is one
 */
export function readPodSecurityVersion(text: string): PodSecurityVersion {
  // As a number of YAML, 1.30 would be 1.3.
  const version = typeof text === 'string' ? findPodSecurityVersion(/^\d/.test(text) ? `v${text}` : text) : undefined;
  if (!version) throw new InputError(`${show(text)} is not a version of Pod Security, expected "latest" or one such as "v1.29"`);
  return version;
}
