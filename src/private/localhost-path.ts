import { InputError, show } from './errors';

/**
 * Checks a path as the API server does, and also for faults that would only show on the node.
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
