import { ENOSYS, EPERM } from '../../syscalls/errnos';
import { ProfileDocument } from '../document/document';

/** Answer of a filter to a call: two names of one action are the same answer. */
export interface Answer {
  readonly action: string;
  /** The errno of ERRNO, or the datum of TRACE. */
  readonly errno?: number;
}

export const ENOSYS_ANSWER: Answer = { action: 'SCMP_ACT_ERRNO', errno: ENOSYS };
/** Answer of libseccomp to a call of an ABI that is not in the filter. */
export const MISSING_ARCHITECTURE_ANSWER: Answer = { action: 'SCMP_ACT_KILL_THREAD' };

export function toAnswer(action: string, errnoRet?: number): Answer {
  switch (action) {
    case 'SCMP_ACT_ERRNO':
    case 'SCMP_ACT_TRACE':
      // Only the low 16 bits reach libseccomp.
      return { action, errno: (errnoRet ?? EPERM) & 0xffff };
    case 'SCMP_ACT_KILL':
      return { action: 'SCMP_ACT_KILL_THREAD' };
    default:
      return { action };
  }
}

export function defaultAnswer(document: ProfileDocument): Answer {
  return toAnswer(document.defaultAction, document.defaultErrnoRet);
}

export function sameAnswer(a: Answer, b: Answer): boolean {
  return a.action === b.action && a.errno === b.errno;
}
