import { shorten } from '../../private/text';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const errnoZero: LintRule = {
  id: 'errno-zero',
  severity: LintSeverity.WARNING,
  summary: 'a denial with errno 0',
  why: 'The call is not executed but returns 0: the program continues as if it had succeeded.',
  fix: 'use an errno such as 1 (EPERM) or 38 (ENOSYS)',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  *check({ document: { defaultAction, defaultErrnoRet, syscalls = [] } }) {
    if (defaultAction === 'SCMP_ACT_ERRNO' && defaultErrnoRet === 0) {
      yield { path: 'defaultErrnoRet', message: 'every call that no rule names returns success but is not executed' };
    }
    for (const [index, { names, action, errnoRet }] of syscalls.entries()) {
      if (action !== 'SCMP_ACT_ERRNO' || errnoRet !== 0 || names.length === 0) continue;
      yield { path: `syscalls[${index}].errnoRet`, message: `${shorten(names)} ${names.length > 1 ? 'return' : 'returns'} success but ${names.length > 1 ? 'are' : 'is'} not executed` };
    }
  },
};
