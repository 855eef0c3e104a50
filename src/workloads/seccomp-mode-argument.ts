import { SeccompMode } from './seccomp-mode';
import { check, instanceOf } from '../private/arguments';

const MODE = instanceOf(SeccompMode, 'a SeccompMode such as SeccompMode.RUNTIME_DEFAULT');

/**
 * Checks a mode, because JavaScript may pass anything.
 *
 * @param where path of the construct that takes it
 */
export function asSeccompMode(value: unknown, where?: string): SeccompMode {
  return check(MODE, value, '', where) as SeccompMode;
}
