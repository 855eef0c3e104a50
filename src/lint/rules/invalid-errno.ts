import { LintSeverity } from '../finding';
import { readingFaults, refusals } from '../load-faults';
import { LintRule } from '../rule';

export const invalidErrno: LintRule = {
  id: 'invalid-errno',
  severity: LintSeverity.ERROR,
  summary: 'an errno that cannot be returned',
  why: 'libseccomp refuses an errno of 4095 and above, and a node cannot read a value that is not an unsigned 32-bit integer: no '
    + 'container starts.',
  fix: 'use an errno such as 1 (EPERM) or 38 (ENOSYS)',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check(context) {
    yield* readingFaults(context, 'invalid-errno');
    yield* refusals(context, 'errno range');
  },
};
