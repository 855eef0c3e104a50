import { Answer, toAnswer, defaultAnswer, sameAnswer } from './answers';
import { AnsweredConditions, asksNothing } from './conditions';
import { ArgumentCondition, ProfileDocument } from '../document/document';

/** Rule of a document for one of its names, as libseccomp gets it. */
export interface CallRule extends AnsweredConditions {
  readonly name: string;
  /** Index in the document's `syscalls`. */
  readonly rule: number;
  /** JSON path of the name, such as `syscalls[3].names[0]`. */
  readonly path: string;
}

/** Rules of a document for one name. */
export interface CallRules {
  /** Rule that wins over all others. */
  readonly unconditional?: CallRule;
  /** Rules with conditions before the unconditional one, or all of them. */
  readonly conditional: readonly CallRule[];
  /** Answer if no condition is met. */
  readonly otherwise: Answer;
}

/** True if the conditions of a rule are alternatives: two are on one argument, so a runtime makes one rule of each condition. */
export function areAlternatives(args: readonly ArgumentCondition[]): boolean {
  return new Set(args.map(({ index }) => index)).size < args.length;
}

/**
 * Yields the rules of a document in its order, for one name or for all. It skips rules with the default action, and yields one rule for each
 * alternative condition.
 */
export function* callRules(document: ProfileDocument, name?: string): Iterable<CallRule> {
  const byDefault = defaultAnswer(document);
  for (const [rule, { names, action, errnoRet, args = [] }] of (document.syscalls ?? []).entries()) {
    const answer = toAnswer(action, errnoRet);
    if (sameAnswer(answer, byDefault)) continue;
    const alternatives = areAlternatives(args) ? args.map(condition => [condition]) : [args];
    for (const [position, each] of names.entries()) {
      if (name !== undefined && (each !== name || names.indexOf(name) !== position)) continue;
      for (const conditions of alternatives) yield { name: each, answer, conditions, rule, path: `syscalls[${rule}].names[${position}]` };
    }
  }
}

/** Returns the rules of a document for a name, with 64-bit arguments. The first unconditional rule wins, also over rules with conditions. */
export function rulesFor(document: ProfileDocument, name: string): CallRules {
  const conditional: CallRule[] = [];
  for (const rule of callRules(document, name)) {
    const conditions = rule.conditions.filter(condition => !asksNothing(condition));
    if (conditions.length === 0) return { unconditional: { ...rule, conditions }, conditional, otherwise: rule.answer };
    conditional.push({ ...rule, conditions });
  }
  return { conditional, otherwise: defaultAnswer(document) };
}
