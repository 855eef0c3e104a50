import { InputError, show } from './errors';

/** Who checks a path: the API server alone, or the node as well, where a file has to be found under it. */
export type LocalhostPathChecker = 'API server' | 'API server and node';

/**
 * Returns the path.
 *
 * @throws if the API server refuses it, or it names no file on the node
 */
export function checkLocalhostPath(path: unknown): string {
  const reason = localhostPathFault(path, 'API server and node');
  if (reason) {
    throw new InputError(
      `localhost profile path ${show(path)} ${reason}, expected a path below the kubelet's seccomp directory such as "profiles/my-app.json"`);
  }
  return path as string;
}

/**
 * Returns the reason why a `localhostProfile` is refused; undefined if it is accepted. The API server accepts an empty path.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go (validateLocalDescendingPath)
 */
export function localhostPathFault(path: unknown, checker: LocalhostPathChecker): string | undefined {
  if (typeof path !== 'string') return 'is not a string';
  if (path.startsWith('/')) return 'is absolute';
  if (path.split('/').includes('..')) return 'contains ".."';
  return checker === 'API server' ? undefined : nodeFault(path);
}

function nodeFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\\')) return 'contains a backslash';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'contains a control character';
  const segments = path.split('/');
  if (segments.includes('') || segments.includes('.')) return 'has an empty or "." segment';
  if (segments.some(segment => Buffer.byteLength(segment) > 255)) return 'has a segment longer than 255 bytes';
  if (!path.endsWith('.json') || path.endsWith('/.json') || path === '.json') return 'does not name a .json file';
  return undefined;
}
