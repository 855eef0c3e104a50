import { DocumentRule } from '../../profile/document/document';
import { toAnswer, defaultAnswer, sameAnswer } from '../../profile/filter/answers';
import { CallRule } from '../../profile/filter/rules-for';
import { LintSeverity } from '../finding';
import { LintContext } from '../lint-context';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';
import { formatAnswer } from '../text';

export const unreachableRule: LintRule = {
  id: 'unreachable-rule',
  severity: LintSeverity.WARNING,
  summary: 'a rule that never takes effect',
  why: 'For each call the first rule without conditions wins, over later rules and over every rule with conditions, wherever these are in the '
    + 'document. The other rules for the call have no effect.',
  fix: 'remove one of the rules, or give both conditions',
  source: 'https://github.com/seccomp/libseccomp/blob/v2.6.0/src/db.c',
  *check(context) {
    yield* readingFaults(context, 'unreachable-rule');
    const { document: { syscalls = [] }, nodes, newestRuntime } = context;
    const repeated = namesOfSeveral(syscalls);
    if (repeated.size === 0) return;
    const entries = nodes.flatMap(view => view.abis.flatMap(abi => [...view.filter(newestRuntime, abi).values()]));
    const deciding = new Set(entries.flatMap(entry => (entry.unconditional ? [entry.unconditional] : entry.written).map(({ path }) => path)));
    const winners = new Map(entries.flatMap(({ unconditional }) => unconditional ? [[unconditional.name, unconditional]] : []));
    for (const [index, rule] of syscalls.entries()) {
      for (const [at, name] of rule.names.entries()) {
        if (!repeated.has(name)) continue;
        const path = `syscalls[${index}].names[${at}]`;
        if (deciding.has(path)) continue;
        const winner = winners.get(name);
        if (!winner || isSkipped(rule, context) || isRepeated(rule, winner)) continue;
        yield { path, message: `this rule for ${name} never takes effect: ${winner.path} names it without conditions and answers ${formatAnswer(winner.answer)}` };
      }
    }
  },
};

function isSkipped({ action, errnoRet }: DocumentRule, { document }: LintContext): boolean {
  return sameAnswer(toAnswer(action, errnoRet), defaultAnswer(document));
}

/** True if the rule repeats the winner: it changes nothing. */
function isRepeated({ action, errnoRet, args = [] }: DocumentRule, winner: CallRule): boolean {
  return args.length === 0 && sameAnswer(winner.answer, toAnswer(action, errnoRet));
}

function namesOfSeveral(rules: readonly DocumentRule[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of rules.flatMap(({ names }) => [...new Set(names)])) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return repeated;
}
