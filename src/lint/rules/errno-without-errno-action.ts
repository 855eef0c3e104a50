import { keysOf } from '../../private/json';
import { LintSeverity } from '../finding';
import { refusals } from '../load-faults';
import { LintRule } from '../rule';

export const errnoWithoutErrnoAction: LintRule = {
  id: 'errno-without-errno-action',
  severity: LintSeverity.ERROR,
  summary: 'an errno with an action that returns none',
  why: 'crun refuses the profile and runc ignores the errno: containers start on one node and not on the next.',
  fix: 'remove the errno',
  source: 'https://github.com/containers/crun/blob/1.8.1/src/libcrun/seccomp.c',
  check: context => refusals(context, 'errno without errno action', ({ path }) => ({ edits: [{ path: keysOf(path) }] })),
};
