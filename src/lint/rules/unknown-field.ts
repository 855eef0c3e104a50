import { LintSeverity } from '../finding';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';

export const unknownField: LintRule = {
  id: 'unknown-field',
  severity: LintSeverity.WARNING,
  summary: 'a field that no node reads',
  why: 'containerd and CRI-O silently ignore fields that they do not know.',
  fix: 'write the field as in the OCI runtime-spec, or remove it',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => readingFaults(context, 'unknown-field'),
};
