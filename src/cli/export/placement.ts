import { InputError, show } from '../../private/errors';

/** Where the kubelet's directory is, unless a distribution moves it. */
export const KUBELET_ROOT = '/var/lib/kubelet';

/** Where on a node a document has to lie. */
export interface Placement {
  /** Root directory of the kubelet. */
  readonly kubeletRoot: string;
  /** Path below the kubelet's seccomp directory: what pods name. */
  readonly localhostProfile: string;
}

/** Writes the machine configuration that places a document. */
export type MachineConfig = (document: string, placement: Placement) => string;

/** The directory in which the kubelet looks for profiles. */
export function seccompDirectory({ kubeletRoot }: Placement): string {
  return `${kubeletRoot}/seccomp`;
}

/** The file on the node. */
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
