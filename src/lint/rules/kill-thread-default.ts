import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const killThreadDefault: LintRule = {
  id: 'kill-thread-default',
  severity: LintSeverity.ERROR,
  summary: 'a default action that kills single threads',
  why: 'SCMP_ACT_KILL kills only the thread that made the call, and the other threads wait for it: runc hangs if this happens while a '
    + 'container starts, and a program stops half-way, without an error or an exit code.',
  fix: 'use SCMP_ACT_KILL_PROCESS, or SCMP_ACT_ERRNO',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  *check({ document: { defaultAction, syscalls = [] } }) {
    if (!['SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD'].includes(defaultAction)) return;
    yield {
      path: 'defaultAction',
      message: `${defaultAction} kills only the thread that makes a call that no rule names: the process, or the runtime that starts it, hangs`,
      // A rule with the same action as the default is skipped: with another default it could take effect.
      edits: syscalls.some(({ action }) => action.startsWith('SCMP_ACT_KILL')) ? undefined : [{ path: ['defaultAction'], value: 'SCMP_ACT_KILL_PROCESS' }],
    };
  },
};
