import { LintSeverity } from '../../lint/finding';
import { ManifestRule } from '../rule';

export const profileLint: ManifestRule = {
  id: 'profile-lint',
  severity: LintSeverity.ERROR,
  summary: 'a finding of lint in a profile inside a ConfigMap or SeccompProfile',
  why: 'No container starts with a profile that does not load. Each finding has the id and the severity of its lint rule: suppress it by that id. A severity '
    + 'for profile-lint applies to all lint rules without a severity of their own.',
  fix: 'see the lint rule that the finding names',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.2.0/config-linux.md#seccomp',
  *check({ profiles }) {
    for (const { keys, findings } of profiles) {
      for (const found of findings) yield { keys, message: found.message, severity: found.severity, found };
    }
  },
};
