import { LintSeverity } from '../finding';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';

export const invalidProfile: LintRule = {
  id: 'invalid-profile',
  severity: LintSeverity.ERROR,
  summary: 'not an OCI seccomp profile',
  why: 'A value or a field that the OCI runtime-spec does not have: containerd, CRI-O or the runtime fail to read the profile, and no container starts. '
    + 'A document of which nothing can be read is none for runc: the container starts without any filter.',
  fix: 'write what the specification has',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => readingFaults(context, 'invalid-profile'),
};
