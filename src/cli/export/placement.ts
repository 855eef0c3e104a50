import { InputError, show } from '../../private/errors';

/** Default root directory of the kubelet. */
export const KUBELET_ROOT = '/var/lib/kubelet';

/** Place of a document on a node. */
export interface Placement {
  /** Root directory of the kubelet. */
  readonly kubeletRoot: string;
  /** Path below the kubelet's seccomp directory, which pods name. */
  readonly localhostProfile: string;
}

/** Prints the machine configuration that places a document. */
export type MachineConfig = (document: string, placement: Placement) => string;

/** Returns the directory in which the kubelet looks for profiles. */
export function seccompDirectory({ kubeletRoot }: Placement): string {
  return `${kubeletRoot}/seccomp`;
}

/** Returns the path of the file on the node. */
export function nodePath(placement: Placement): string {
  return `${seccompDirectory(placement)}/${placement.localhostProfile}`;
}

/** @returns the directory without a slash at its end */
export function checkKubeletRoot(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const segments = trimmed.split('/').slice(1);
  if (!trimmed.startsWith('/') || hasOddCharacter(trimmed) || segments.some(segment => ['', '.', '..'].includes(segment))) {
    throw new InputError(`${show(path)} is not the kubelet's directory, expected an absolute path such as ${KUBELET_ROOT}`);
  }
  return trimmed;
}

function hasOddCharacter(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f]/.test(path);
}
