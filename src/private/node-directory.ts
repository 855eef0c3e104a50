/** True if a text is a normalized directory path on a node: absolute, and without "." and "..". */
export function isNodeDirectory(path: string): boolean {
  return /^(\/[^/]+)+$/.test(path) && !path.split('/').some(segment => segment === '.' || segment === '..');
}
