import { InputError, show } from '../../private/errors';
import { checkLocalhostPath } from '../../private/localhost-path';

/**
 * Returns a glob as a regular expression without anchors, which CEL (RE2) and JavaScript read alike. `*` matches anything within a segment, also nothing;
 * `**` as a whole segment matches any number of segments, as the last one at least one.
 */
export function globPattern(glob: string): string {
  const segments = glob.split('/');
  return segments.map((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '**') return isLast ? '[^/]+(?:/[^/]+)*' : '(?:[^/]+/)*';
    return segment.split('*').map(literalPattern).join('[^/]*') + (isLast ? '' : '/');
  }).join('');
}

function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export function isGlob(text: string): boolean {
  return text.includes('*');
}

/**
 * @throws if it is not a glob, or no path of a profile can match it
 */
export function checkPathGlob(glob: string): string {
  if (!isGlob(glob)) return checkLocalhostPath(glob);
  checkGlob(glob, 'localhost profile path');
  const example = glob.replace(/\*+/g, 'x');
  checkLocalhostPath(glob.slice(glob.lastIndexOf('/') + 1).endsWith('*') ? `${example}.json` : example);
  return glob;
}

/**
 * @throws if it is not a glob, or no image can match it
 */
export function checkImageGlob(glob: string): string {
  checkGlob(glob, 'image');
  if (!/^[A-Za-z0-9*][-\w.:@/*]*$/.test(glob)) {
    throw new InputError(`image ${show(glob)} matches no image, expected one such as "registry.example.com/team/**" or "agent:1.2.3"`);
  }
  return glob;
}

function checkGlob(glob: string, what: string): void {
  const fault = glob.split('/').some(segment => segment !== '**' && segment.includes('**')) ? 'has ** in a longer segment'
    : /[?[\]{}\\]/.test(glob) ? 'has a wildcard that is not supported'
      : undefined;
  if (fault) throw new InputError(`${what} ${show(glob)} ${fault}, expected * within a segment or ** as a whole segment`);
}
