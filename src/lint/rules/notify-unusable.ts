import { LintSeverity } from '../finding';
import { refusals } from '../load-faults';
import { LintRule } from '../rule';

export const notifyUnusable: LintRule = {
  id: 'notify-unusable',
  severity: LintSeverity.ERROR,
  summary: 'SCMP_ACT_NOTIFY where no runtime can use it',
  why: 'NOTIFY hands calls to an agent that listens at listenerPath. Without one, as the default action, or on write, the runtime refuses '
    + 'the profile: it makes such calls itself before the agent is there.',
  fix: 'give the profile a listenerPath, and NOTIFY to single calls other than write',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => refusals(context, 'notify'),
};
