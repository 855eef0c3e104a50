import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const denialsNotLogged: LintRule = {
  id: 'denials-not-logged',
  severity: LintSeverity.INFO,
  summary: 'denials that leave no trace',
  why: 'The kernel logs KILL and LOG always, ERRNO only with SECCOMP_FILTER_FLAG_LOG: an empty dmesg does not clear the profile when a '
    + 'program fails. runc takes the flag from 1.2 on.',
  fix: 'add SECCOMP_FILTER_FLAG_LOG to flags where every runtime takes it',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  *check({ document: { defaultAction, flags = [], syscalls = [] } }) {
    const denies = [defaultAction, ...syscalls.filter(({ names }) => names.length > 0).map(({ action }) => action)].includes('SCMP_ACT_ERRNO');
    if (denies && !flags.includes('SECCOMP_FILTER_FLAG_LOG')) {
      yield { path: '', message: 'what SCMP_ACT_ERRNO denies is not in the audit log: SECCOMP_FILTER_FLAG_LOG is not set' };
    }
  },
};
