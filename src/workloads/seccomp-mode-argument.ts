import { SeccompMode } from './seccomp-mode';
import { InputError, show } from '../private/errors';

/**
 * The mode that a caller has handed over; JavaScript checks no types.
 *
 * @throws unless it is one
 */
export function asSeccompMode(value: unknown): SeccompMode {
  if (value instanceof SeccompMode) return value;
  throw new InputError(`expected a SeccompMode such as SeccompMode.RUNTIME_DEFAULT, got ${show(value)}`);
}
