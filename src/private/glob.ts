import { InputError, show } from './errors';

/**
 * The language of globs for paths of profiles and for images: `*` matches anything within a segment, also nothing, `?` one character of a segment, `**` as
 * a whole segment any number of segments, as the last one at least one. There is nothing else: no brackets, no braces, no escapes.
 */
const WILDCARDS: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]' };

/** Returns a glob as a regular expression without anchors, which CEL (RE2) and JavaScript read the same. */
export function globPattern(glob: string): string {
  const segments = glob.split('/');
  return segments.map((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '**') return isLast ? '[^/]+(?:/[^/]+)*' : '(?:[^/]+/)*';
    return segment.replace(/[\\^$.*+?()[\]{}|]/g, sign => WILDCARDS[sign] ?? `\\${sign}`) + (isLast ? '' : '/');
  }).join('');
}

/** Matches a path with an empty, `.` or `..` segment: the kubelet opens another one for it, which a wildcard must not hide. */
export function uncleanPathPattern(before = ''): string {
  return `(?:^${before}|/)[.]{0,2}(?:/|$)`;
}

export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** Returns a test for paths that match a glob; a text without wildcards matches itself alone. */
export function pathMatcher(glob: string): (path: string) => boolean {
  if (!isGlob(glob)) return path => path === glob;
  const [pattern, unclean] = [new RegExp(`^(?:${globPattern(glob)})$`, 'u'), new RegExp(uncleanPathPattern(), 'u')];
  return path => pattern.test(path) && !unclean.test(path);
}

/**
 * @throws if it is no glob
 */
export function checkGlob(glob: string, what: string): string {
  const fault = glob.split('/').some(segment => segment !== '**' && segment.includes('**')) ? 'has ** in a longer segment'
    : /[[\]{}\\]/.test(glob) ? 'has a wildcard that is not supported'
      : undefined;
  if (fault) throw new InputError(`${what} ${show(glob)} ${fault}, expected * and ? within a segment, or ** as a whole segment`);
  return glob;
}
