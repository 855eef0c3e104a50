import { keysOf } from '../../private/json';
import { shorten } from '../../private/text';
import { LintSeverity } from '../finding';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';

export const fieldWithoutEffect: LintRule = {
  id: 'field-without-effect',
  severity: LintSeverity.INFO,
  summary: 'a comment or an empty field of another format',
  why: 'No runtime reads the field, and SeccompProfile.fromJson refuses it.',
  fix: 'remove the field',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  *check(context) {
    const faults = readingFaults(context, 'field-without-effect');
    if (faults.length === 0) return;
    const keys = [...new Set(faults.map(({ path }) => String(keysOf(path).pop())))];
    yield {
      path: faults[0].path,
      message: `${shorten(keys)}${faults.length > keys.length ? ` (in ${faults.length} places)` : ''} ${keys.length > 1 ? 'have' : 'has'} no effect`,
      edits: faults.flatMap(({ edits }) => edits ?? []),
    };
  },
};
