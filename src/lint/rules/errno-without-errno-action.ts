import { keysOf } from '../../private/json';
import { LintSeverity } from '../finding';
import { refusals } from '../load-faults';
import { LintRule } from '../rule';

export const errnoWithoutErrnoAction: LintRule = {
  id: 'errno-without-errno-action',
  severity: LintSeverity.ERROR,
  summary: 'an errno beside an action that has none',
  why: 'crun refuses the profile, runc ignores the errno: the same file starts containers on one node and none on the next.',
  fix: 'take the errno out',
  source: 'https://github.com/containers/crun/blob/1.8.1/src/libcrun/seccomp.c',
  check: context => refusals(context, 'errno without errno action', ({ path }) => ({ edits: [{ path: keysOf(path) }] })),
};
