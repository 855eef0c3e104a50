import { SeccompMode } from './seccomp-mode';
import { check, instanceOf } from '../private/arguments';

const MODE = instanceOf(SeccompMode, 'a SeccompMode such as SeccompMode.RUNTIME_DEFAULT');

/**
 * A mode, where JavaScript may have handed over anything.
 *
 * @param where path of the construct that takes it
 */
export function asSeccompMode(value: unknown, where?: string): SeccompMode {
  return check(MODE, value, '', where) as SeccompMode;
}
