import { inexpressible } from './combination-check';
import { MULTIPLEXED } from '../../syscalls/multiplexed';
import { DocumentRule, ProfileDocument } from '../document/document';
import { Answer, defaultAnswer, sameAnswer } from '../filter/answers';
import { bothConditions, complementOf, Conditions, overlapping } from '../filter/condition-algebra';
import { AnsweredConditions, asksNothing, haveSameConditions, narrowed } from '../filter/conditions';
import { miscompiledReason } from '../filter/libseccomp-limits';
import { CallRules, rulesFor } from '../filter/rules-for';

/** Actions from the strictest to the most permissive, in the kernel's order for the answers of several filters. */
const STRICTEST_FIRST = [
  'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_TRAP', 'SCMP_ACT_ERRNO',
  'SCMP_ACT_NOTIFY', 'SCMP_ACT_TRACE', 'SCMP_ACT_LOG', 'SCMP_ACT_ALLOW',
];

/** Chooses between the answers of two profiles; the first profile's if both are equally strict. */
export type Choose = (a: Answer, b: Answer) => Answer;

export const stricter: Choose = (a, b) => STRICTEST_FIRST.indexOf(b.action) < STRICTEST_FIRST.indexOf(a.action) ? b : a;
export const morePermissive: Choose = (a, b) => STRICTEST_FIRST.indexOf(b.action) > STRICTEST_FIRST.indexOf(a.action) ? b : a;

/** Returns the rules of the combined profile: for every call and all arguments, the choice between the two answers. */
export function combineRules(a: ProfileDocument, b: ProfileDocument, choose: Choose): DocumentRule[] {
  const byDefault = choose(defaultAnswer(a), defaultAnswer(b));
  const rules: DocumentRule[] = [];
  for (const name of namesOf(a, b)) {
    for (const { conditions, answer } of combineCallRules(name, reliableRules(a, name), reliableRules(b, name), byDefault, choose)) {
      if (!sameAnswer(answer, byDefault)) rules.push(toRule(name, conditions, answer));
    }
  }
  return grouped(rules);
}

function namesOf(...documents: ProfileDocument[]): string[] {
  return [...new Set(documents.flatMap(({ syscalls = [] }) => syscalls.flatMap(rule => rule.names)))];
}

/** Returns the rules of a document for a name. Refuses rules that do not mean the same on all ABIs. */
function reliableRules(document: ProfileDocument, name: string): CallRules {
  const { unconditional, conditional, otherwise } = rulesFor(document, name);
  if (conditional.some(({ conditions }) => conditions.some(condition => asksNothing(narrowed(condition))))) {
    throw inexpressible(name, 'a mask of only the upper half of an argument has another meaning on 32-bit ABIs');
  }
  if (unconditional) return { otherwise, conditional: [] };
  const reason = miscompiledReason(conditional) ?? overlapping(conditional);
  if (reason) throw inexpressible(name, `libseccomp may build its rules differently (${reason})`);
  return { otherwise, conditional };
}

function combineCallRules(name: string, a: CallRules, b: CallRules, byDefault: Answer, choose: Choose): AnsweredConditions[] {
  const otherwise = choose(a.otherwise, b.otherwise);
  const result = haveSameRules(a.conditional, b.conditional) ? a.conditional : regions(a, b, choose) ?? overlaps(a, b, otherwise, choose);
  if (!result) throw inexpressible(name, 'its conditions in both profiles would have to be negated');
  const different = result.filter(({ answer }) => !sameAnswer(answer, otherwise));
  const rules = different.length > 0 && !sameAnswer(otherwise, byDefault) ? complemented(name, different, otherwise, byDefault)
    : different.length > 0 ? different : [{ conditions: [], answer: otherwise }];
  const reason = miscompiledReason(rules) ?? overlapping(rules);
  if (reason) throw inexpressible(name, `libseccomp may build the combined rules differently (${reason})`);
  return rules;
}

function haveSameRules(a: readonly AnsweredConditions[], b: readonly AnsweredConditions[]): boolean {
  return a.length === b.length
    && a.every(({ conditions, answer }, at) => haveSameConditions(conditions, b[at].conditions) && sameAnswer(answer, b[at].answer));
}

/** Returns the conditions of both profiles side by side, if the answer to each does not depend on the other profile. */
function regions(a: CallRules, b: CallRules, choose: Choose): AnsweredConditions[] | undefined {
  const all = [
    ...a.conditional.map(({ conditions, answer }) => ({ conditions, answers: allAnswersOf(b).map(other => choose(answer, other)) })),
    ...b.conditional.map(({ conditions, answer }) => ({ conditions, answers: allAnswersOf(a).map(other => choose(other, answer)) })),
  ];
  if (!all.every(({ answers }) => answers.every(answer => sameAnswer(answer, answers[0])))) return undefined;
  const once = all.filter(({ conditions }, at) => all.findIndex(other => haveSameConditions(other.conditions, conditions)) === at);
  return once.map(({ conditions, answers }) => ({ conditions, answer: answers[0] }));
}

/** Returns the pairwise conditions of both profiles, if only calls that meet a condition of each get another answer than the rest. */
function overlaps(a: CallRules, b: CallRules, otherwise: Answer, choose: Choose): AnsweredConditions[] | undefined {
  const alone = [...answersOf(a).map(answer => choose(answer, b.otherwise)), ...answersOf(b).map(answer => choose(a.otherwise, answer))];
  if (!alone.every(answer => sameAnswer(answer, otherwise))) return undefined;
  const result: AnsweredConditions[] = [];
  for (const one of a.conditional) {
    for (const other of b.conditional) {
      const conditions = bothConditions(one.conditions, other.conditions);
      if (conditions === 'inexpressible') return undefined;
      if (conditions !== 'never') result.push({ conditions, answer: choose(one.answer, other.answer) });
    }
  }
  return result;
}

/** Negates the conditions: a rule cannot have the default action, so the rule is for the calls that do not meet them. */
function complemented(name: string, rules: readonly AnsweredConditions[], otherwise: Answer, byDefault: Answer): AnsweredConditions[] {
  // A multiplexed rule loses its condition on argument 0, and its negation would lose it too.
  const canNegate = !MULTIPLEXED.has(name) && rules.every(({ answer }) => sameAnswer(answer, byDefault));
  const negated = canNegate ? complementOf(rules.map(({ conditions }) => conditions)) : undefined;
  if (!negated) throw inexpressible(name, 'its conditions would have to be negated, and no condition expresses that');
  return negated.map(conditions => ({ conditions, answer: otherwise }));
}

const answersOf = ({ conditional }: CallRules) => conditional.map(({ answer }) => answer);
const allAnswersOf = (of: CallRules) => [of.otherwise, ...answersOf(of)];

function toRule(name: string, conditions: Conditions, { action, errno }: Answer): DocumentRule {
  return { names: [name], action, ...(errno !== undefined && { errnoRet: errno }), ...(conditions.length > 0 && { args: conditions }) };
}

/** Joins rules that differ only in their names. */
function grouped(rules: readonly DocumentRule[]): DocumentRule[] {
  const groups = new Map<string, DocumentRule>();
  for (const rule of rules) {
    const args = rule.args?.map(({ index, op, value, valueTwo }) => [index, op, `${value}`, `${valueTwo}`]);
    const key = JSON.stringify([rule.action, rule.errnoRet, args]);
    const group = groups.get(key);
    groups.set(key, group ? { ...group, names: [...new Set([...group.names, ...rule.names])] } : rule);
  }
  return [...groups.values()];
}
