import { InputError, show } from '../../private/errors';

/** A version of the Pod Security Standards. */
export interface PodSecurityVersion {
  /** The version as in a namespace's label: `v1.29`, or `latest`. */
  readonly text: string;
  /** The `x` of Kubernetes 1.x; infinite for the latest. */
  readonly minor: number;
}

export const LATEST: PodSecurityVersion = { text: 'latest', minor: Infinity };

/** Reads the version of a label exactly as the API server does; undefined if it is invalid. */
export function findPodSecurityVersion(text: string): PodSecurityVersion | undefined {
  if (text === LATEST.text) return LATEST;
  const minor = /^v1\.(0|[1-9][0-9]*)$/.exec(text)?.[1];
  // Go parses the number as an int64.
  return minor === undefined || BigInt(minor) >= 2n ** 63n ? undefined : { text, minor: Number(minor) };
}

/**
 * Reads a version that a user has given, with or without the `v`.
 *
 * @throws if it is not a version
 */
export function readPodSecurityVersion(text: string): PodSecurityVersion {
  // A number is refused: YAML reads 1.30 as 1.3.
  const version = typeof text === 'string' ? findPodSecurityVersion(/^\d/.test(text) ? `v${text}` : text) : undefined;
  if (!version) throw new InputError(`${show(text)} is not a version of Pod Security, expected "latest" or one such as "v1.29"`);
  return version;
}
