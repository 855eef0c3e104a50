import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const denialsNotLogged: LintRule = {
  id: 'denials-not-logged',
  severity: LintSeverity.INFO,
  summary: 'denials that are not logged',
  why: 'The kernel always logs KILL and LOG, but ERRNO only with SECCOMP_FILTER_FLAG_LOG: if a program fails and dmesg is empty, the profile '
    + 'can still be the cause. runc accepts the flag since 1.2.',
  fix: 'add SECCOMP_FILTER_FLAG_LOG to flags if every runtime accepts it',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  *check({ document: { defaultAction, flags = [], syscalls = [] } }) {
    const denies = [defaultAction, ...syscalls.filter(({ names }) => names.length > 0).map(({ action }) => action)].includes('SCMP_ACT_ERRNO');
    if (denies && !flags.includes('SECCOMP_FILTER_FLAG_LOG')) {
      yield { path: '', message: 'calls that SCMP_ACT_ERRNO denies are not in the audit log: SECCOMP_FILTER_FLAG_LOG is not set' };
    }
  },
};
