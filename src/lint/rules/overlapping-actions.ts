import { sameAnswer } from '../../profile/filter/answers';
import { miscompiledReason } from '../../profile/filter/libseccomp-limits';
import { CallRule } from '../../profile/filter/rules-for';
import { LintSeverity } from '../finding';
import { is64bit } from '../lint-context';
import { meetingBoth } from '../meeting';
import { LintRule } from '../rule';
import { formatAnswer } from '../text';

export const overlappingActions: LintRule = {
  id: 'overlapping-actions',
  severity: LintSeverity.ERROR,
  summary: 'two actions for a call that meets the conditions of both rules',
  why: 'If a call meets the conditions of two rules with different actions, libseccomp chooses by its internal order, not by the order of the '
    + 'document.',
  fix: 'make the conditions exclude each other, or give both rules one action',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check({ nodes, newestRuntime }) {
    const seen = new Set<string>();
    for (const view of nodes) {
      for (const abi of view.abis) {
        for (const { unconditional, conflict, conditional, written } of view.filter(newestRuntime, abi).values()) {
          if (unconditional || conflict || miscompiledReason(written)) continue;
          for (const [one, other] of pairs(conditional)) {
            const arguments_ = meetingBoth(one.conditions, other.conditions, is64bit(abi));
            if (!arguments_ || seen.has(`${one.path} ${other.path}`)) continue;
            seen.add(`${one.path} ${other.path}`);
            const call = `${one.name}(${arguments_.map(([index, value]) => `arg${index} = 0x${value.toString(16)}`).join(', ')})`;
            yield {
              path: other.path,
              message: `${call} meets this rule (${formatAnswer(other.answer)}) and ${one.path} (${formatAnswer(one.answer)}): `
                + 'libseccomp does not choose by the order of the document',
            };
          }
        }
      }
    }
  },
};

/** Yields every two rules with different answers. */
function* pairs(rules: readonly CallRule[]): Iterable<[CallRule, CallRule]> {
  // Usually all have the same answer.
  if (rules.every(({ answer }) => sameAnswer(answer, rules[0].answer))) return;
  for (const [at, one] of rules.entries()) {
    for (const other of rules.slice(at + 1)) if (!sameAnswer(one.answer, other.answer)) yield [one, other];
  }
}
