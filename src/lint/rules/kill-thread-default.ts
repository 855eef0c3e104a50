import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const killThreadDefault: LintRule = {
  id: 'kill-thread-default',
  severity: LintSeverity.ERROR,
  summary: 'a default action that kills single threads',
  why: 'SCMP_ACT_KILL ends the one thread that made the call and lets the others wait for it: runc itself hangs when it happens while a '
    + 'container starts, a program stops half-way, without an error and without an exit code.',
  fix: 'use SCMP_ACT_KILL_PROCESS, or SCMP_ACT_ERRNO',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  *check({ document: { defaultAction, syscalls = [] } }) {
    if (!['SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD'].includes(defaultAction)) return;
    yield {
      path: 'defaultAction',
      message: `${defaultAction} kills the one thread that makes a call no rule names: the process, or the runtime that starts it, hangs`,
      // A rule that says what the default action says is skipped: another default can bring it in force, or out of it.
      edits: syscalls.some(({ action }) => action.startsWith('SCMP_ACT_KILL')) ? undefined : [{ path: ['defaultAction'], value: 'SCMP_ACT_KILL_PROCESS' }],
    };
  },
};
