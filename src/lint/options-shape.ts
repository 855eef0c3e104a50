import { LintSeverity } from './finding';
import { listOf, memberOf, optional, recordOf, someOf, structOf, TEXT } from '../private/arguments';
import { LIBC, NODE, RUNTIME } from '../profile/argument-shapes';

const SEVERITIES = optional(recordOf(memberOf(LintSeverity)));
const SUPPRESSIONS = optional(listOf(structOf({ rule: TEXT, reason: TEXT })));

/** Options that the linter of profiles and the checker of manifests share. */
export const RULE_OPTIONS = { severities: SEVERITIES, suppressions: SUPPRESSIONS };

/** Shape of `LintOptions`. */
export const LINT_OPTIONS = structOf({
  ...RULE_OPTIONS,
  targets: optional(structOf({
    nodes: optional(listOf(NODE)), runtimes: optional(someOf(RUNTIME)), libcs: optional(listOf(LIBC)), kernel: optional(TEXT),
  })),
});
