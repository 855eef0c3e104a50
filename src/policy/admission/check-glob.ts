import { InputError, show } from '../../private/errors';
import { checkGlob, isGlob } from '../../private/glob';
import { checkLocalhostPath } from '../../private/localhost-path';

/**
 * @throws if it is no glob, or no path of a profile can match it
 */
export function checkPathGlob(glob: string): string {
  if (!isGlob(glob)) return checkLocalhostPath(glob);
  checkGlob(glob, 'localhost profile path');
  const example = glob.replace(/\*+|\?/g, 'x');
  checkLocalhostPath(glob.slice(glob.lastIndexOf('/') + 1).endsWith('*') ? `${example}.json` : example);
  return glob;
}

/**
 * @throws if it is no glob, or no image can match it
 */
export function checkImageGlob(glob: string): string {
  checkGlob(glob, 'image');
  if (!/^[A-Za-z0-9*?][-\w.:@/*?]*$/.test(glob)) {
    throw new InputError(`image ${show(glob)} matches no image, expected one such as "registry.example.com/team/**" or "agent:1.2.3"`);
  }
  return glob;
}
