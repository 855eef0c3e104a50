import { LintSeverity } from '../finding';
import { refusals } from '../load-faults';
import { LintRule } from '../rule';

export const notifyUnusable: LintRule = {
  id: 'notify-unusable',
  severity: LintSeverity.ERROR,
  summary: 'SCMP_ACT_NOTIFY that no runtime can use',
  why: 'NOTIFY hands calls to an agent that listens at listenerPath. The runtime refuses NOTIFY without a listenerPath, as '
    + 'the default action, or on write: it makes such calls itself before the agent listens.',
  fix: 'add a listenerPath, and use NOTIFY only for single calls other than write',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => refusals(context, 'notify'),
};
