import { Answer, toAnswer, defaultAnswer, sameAnswer } from './answers';
import { AnsweredConditions, asksNothing } from './conditions';
import { ArgumentCondition, ProfileDocument } from '../document/document';

/** A rule of a document for one of its names, as libseccomp gets it. */
export interface CallRule extends AnsweredConditions {
  readonly name: string;
  /** Index in the document's `syscalls`. */
  readonly rule: number;
  /** Where in the document it comes from, such as `syscalls[3].names[0]`. */
  readonly path: string;
}

/** What a document says about one name. */
export interface CallRules {
  /** The rule that answers whatever the others say. */
  readonly unconditional?: CallRule;
  /** The rules with conditions that stand before it, or all of them. */
  readonly conditional: readonly CallRule[];
  /** The answer where no condition is met. */
  readonly otherwise: Answer;
}

/** Whether the conditions of a rule are alternatives: it has two on one argument, so that runtimes make a rule of each of them. */
export function areAlternatives(args: readonly ArgumentCondition[]): boolean {
  return new Set(args.map(({ index }) => index)).size < args.length;
}

/**
 * The rules of a document one by one, in its order, for one name or for all. A rule that says what the default action says is skipped; alternative
 * conditions become rules of their own.
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

/** What a document says about a name where all 64 bits of arguments count: the first unconditional rule wins, over all with conditions too. */
export function rulesFor(document: ProfileDocument, name: string): CallRules {
  const conditional: CallRule[] = [];
  for (const rule of callRules(document, name)) {
    const conditions = rule.conditions.filter(condition => !asksNothing(condition));
    if (conditions.length === 0) return { unconditional: { ...rule, conditions }, conditional, otherwise: rule.answer };
    conditional.push({ ...rule, conditions });
  }
  return { conditional, otherwise: defaultAnswer(document) };
}
