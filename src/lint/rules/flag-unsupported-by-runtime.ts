import { keysOf } from '../../private/json';
import { LintSeverity } from '../finding';
import { readingFaults, refusals } from '../load-faults';
import { LintRule } from '../rule';

export const flagUnsupportedByRuntime: LintRule = {
  id: 'flag-unsupported-by-runtime',
  severity: LintSeverity.ERROR,
  summary: 'a flag that a runtime refuses',
  why: 'runc before 1.2.0 accepts no flag and starts no container with one; crun cannot combine TSYNC with a listener.',
  fix: 'remove the flag for nodes with that runtime',
  source: 'https://github.com/opencontainers/runc/blob/v1.2.0/CHANGELOG.md',
  *check(context) {
    yield* readingFaults(context, 'flag-unsupported-by-runtime');
    yield* refusals(context, 'flag', ({ path }) => ({ edits: [{ path: keysOf(path) }] }));
  },
};
