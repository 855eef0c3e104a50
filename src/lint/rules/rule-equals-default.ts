import { shorten } from '../../private/text';
import { toAnswer, defaultAnswer, sameAnswer } from '../../profile/filter/answers';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';
import { formatAnswer } from '../text';

export const ruleEqualsDefault: LintRule = {
  id: 'rule-equals-default',
  severity: LintSeverity.WARNING,
  summary: 'a rule that says what the default action says',
  why: 'The runtime skips a rule whose action and errno are those of the default, as if it were not written. Other rules for the call hold '
    + 'all the same: it is no exception from them.',
  fix: 'take the rule out, or give it the action that was meant',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go',
  *check({ document }) {
    for (const [index, { names, action, errnoRet }] of (document.syscalls ?? []).entries()) {
      if (names.length === 0 || !sameAnswer(toAnswer(action, errnoRet), defaultAnswer(document))) continue;
      yield { path: `syscalls[${index}].action`, message: `the rule for ${shorten(names, 3)} says ${formatAnswer(defaultAnswer(document))}, as the default action does: it is skipped` };
    }
  },
};
