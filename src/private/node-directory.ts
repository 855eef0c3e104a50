/** Whether a text is a directory on a node in the one way to write it: absolute, and without "." and "..". */
export function isNodeDirectory(path: string): boolean {
  return /^(\/[^/]+)+$/.test(path) && !path.split('/').some(segment => segment === '.' || segment === '..');
}
