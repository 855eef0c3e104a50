import { LintSeverity } from '../finding';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';

export const invalidProfile: LintRule = {
  id: 'invalid-profile',
  severity: LintSeverity.ERROR,
  summary: 'not an OCI seccomp profile',
  why: 'The OCI runtime-spec does not have the value or field: containerd, CRI-O or the runtime fail to read the profile, and no container starts. '
    + 'If runc finds no field that it knows, it starts the container without any filter.',
  fix: 'use a value or field of the specification',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => readingFaults(context, 'invalid-profile'),
};
