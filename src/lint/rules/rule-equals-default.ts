import { shorten } from '../../private/text';
import { toAnswer, defaultAnswer, sameAnswer } from '../../profile/filter/answers';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';
import { formatAnswer } from '../text';

export const ruleEqualsDefault: LintRule = {
  id: 'rule-equals-default',
  severity: LintSeverity.WARNING,
  summary: 'a rule with the same action as the default',
  why: 'The runtime skips a rule whose action and errno are those of the default. The rule makes no exception from other rules for the call.',
  fix: 'remove the rule, or give it the intended action',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
  *check({ document }) {
    for (const [index, { names, action, errnoRet }] of (document.syscalls ?? []).entries()) {
      if (names.length === 0 || !sameAnswer(toAnswer(action, errnoRet), defaultAnswer(document))) continue;
      yield { path: `syscalls[${index}].action`, message: `the rule for ${shorten(names, 3)} has the default action, ${formatAnswer(defaultAnswer(document))}: it is skipped` };
    }
  },
};
