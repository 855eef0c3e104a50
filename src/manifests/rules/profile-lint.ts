import { LintSeverity } from '../../lint/finding';
import { ManifestRule } from '../rule';

export const profileLint: ManifestRule = {
  id: 'profile-lint',
  severity: LintSeverity.ERROR,
  summary: 'what the rules of lint find in a profile inside of a ConfigMap or SeccompProfile',
  why: 'A profile that does not load keeps every container that names it from starting. Each finding carries the id and the severity of its own rule, and '
    + 'that id is what is suppressed; a severity for profile-lint is for all of them that have none of their own.',
  fix: 'see the rule of lint that is named',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.2.0/config-linux.md#seccomp',
  *check({ profiles }) {
    for (const { keys, findings } of profiles) {
      for (const found of findings) yield { keys, message: found.message, severity: found.severity, found };
    }
  },
};
