import { Decision, DecisionKind } from '../profile/filter/decision';
import { EPERM, errnoName } from '../syscalls/errnos';

/** Returns `ALLOW`, `ERRNO 1 (EPERM)` or `depends on arguments`. */
export function formatAnswer({ kind, action, errno }: Pick<Decision, 'kind' | 'action' | 'errno'>): string {
  if (kind === DecisionKind.REFUSED) return 'does not load';
  return kind === DecisionKind.ACTION ? formatAction(action, errno) : kind;
}

export function formatAction(action: unknown, errno?: number): string {
  const word = String(action).replace('SCMP_ACT_', '');
  if (word !== 'ERRNO') return errno === undefined ? word : `${word} ${errno}`;
  const name = errnoName(errno ?? EPERM);
  return `${word} ${errno ?? EPERM}${name ? ` (${name})` : ''}`;
}

/** Returns `EPERM`, or `errno 999` for an unknown errno. */
export function formatErrno(errno: number): string {
  return errnoName(errno) ?? `errno ${errno}`;
}
