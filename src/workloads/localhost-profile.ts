import { Construct, IConstruct } from 'constructs';
import { InputError, show } from '../private/errors';

/**
 * A profile that lies, or will lie, on the nodes: whatever distributes profiles hands these out.
 */
export interface ILocalhostProfile {
  /**
   * Path of the profile below the kubelet's seccomp directory, such as `profiles/mindie/mindie.json`: what
   * `securityContext.seccompProfile.localhostProfile` of a pod needs. It is read at synth.
   *
   * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context
   */
  readonly localhostProfile: string;
}

/** A profile handed out by a construct of this app. */
export class InstalledProfile implements ILocalhostProfile {
  public constructor(public readonly localhostProfile: string, public readonly installer: IConstruct) {}
}

/** The construct behind a profile: known when it is that construct itself, or was handed out by one. */
export function installerOf(profile: ILocalhostProfile): IConstruct | undefined {
  if (profile instanceof InstalledProfile) return profile.installer;
  return Construct.isConstruct(profile) ? profile : undefined;
}

/**
 * Checks a path as the API server does, and beyond that what would only fail on the node.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go (validateLocalDescendingPath)
 */
export function checkLocalhostPath(path: unknown): string {
  const reason = fault(path);
  if (reason) {
    throw new InputError(
      `localhost profile path ${show(path)} ${reason}, expected a path below the kubelet's seccomp directory such as "profiles/my-app.json"`);
  }
  return path as string;
}

function fault(path: unknown): string | undefined {
  if (typeof path !== 'string') return 'is not a string';
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (path.includes('\\')) return 'contains a backslash';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'contains a control character';
  const segments = path.split('/');
  if (segments.includes('..')) return 'contains ".."';
  if (segments.includes('') || segments.includes('.')) return 'has an empty or "." segment';
  if (segments.some(segment => Buffer.byteLength(segment) > 255)) return 'has a segment longer than 255 bytes';
  if (!path.endsWith('.json') || path.endsWith('/.json') || path === '.json') return 'does not name a .json file';
  return undefined;
}
