import { LintSeverity } from '../finding';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';

export const unknownField: LintRule = {
  id: 'unknown-field',
  severity: LintSeverity.WARNING,
  summary: 'a field that no node reads',
  why: 'containerd and CRI-O pass over fields that they do not know, without a word: what is written there is not in force.',
  fix: 'write the field as the OCI runtime-spec has it, or take it out',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => readingFaults(context, 'unknown-field'),
};
