import { LintSeverity } from '../finding';
import { refusals } from '../load-faults';
import { LintRule } from '../rule';

export const conflictingRules: LintRule = {
  id: 'conflicting-rules',
  severity: LintSeverity.ERROR,
  summary: 'the same conditions with two actions',
  why: 'libseccomp refuses the second of two rules for the same call and conditions with different actions (EEXIST), so no container starts.',
  fix: 'keep one of the two',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  check: context => refusals(context, 'conflict'),
};
