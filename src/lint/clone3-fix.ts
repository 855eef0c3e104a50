import { Edit } from '../private/edit';
import { keysOf } from '../private/json';
import { ProfileDocument } from '../profile/document/document';
import { Decision } from '../profile/filter/decision';
import { ENOSYS } from '../syscalls/errnos';

const ANSWER = { action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS };

/** Returns the edits that answer clone3 with ENOSYS, in place of the rule or default action that decided. */
export function answerClone3WithEnosys({ syscalls }: ProfileDocument, { path = 'defaultAction' }: Decision): Edit[] {
  const answer = { names: ['clone3'], ...ANSWER };
  const [field, index, , name] = keysOf(path);
  if (field !== 'syscalls' || !syscalls) return [{ path: ['syscalls', syscalls?.length ?? 0], value: answer }];
  const rule = syscalls[Number(index)];
  if (rule.names.length === 1) {
    return [{ path: ['syscalls', index, 'action'], value: ANSWER.action }, { path: ['syscalls', index, 'errnoRet'], value: ENOSYS }];
  }
  return [{ path: ['syscalls', index, 'names', name] }, { path: ['syscalls', syscalls.length], value: answer }];
}
