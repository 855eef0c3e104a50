import { denylistDocument, withRule } from './authoring';
import { DocumentRule, ProfileDocument } from './document/document';
import { Answer, ENOSYS_ANSWER, sameAnswer } from './filter/answers';
import { rulesFor } from './filter/rules-for';

const LOG = 'SCMP_ACT_LOG';
const DENIALS = ['SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP'];

/** True if no call with this action is executed, whatever an agent or tracer does. */
export function isDenial(action: string): boolean {
  return DENIALS.includes(action);
}

/** Returns a document that executes and logs every call. */
export function loggingAllDocument(): ProfileDocument {
  return { ...denylistDocument({}), defaultAction: LOG };
}

/** Returns the document with LOG in place of each denial. */
export function loggingDocument(document: ProfileDocument): ProfileDocument {
  const { defaultAction, defaultErrnoRet, ...rest } = document;
  const byDefault = isDenial(defaultAction) ? { defaultAction: LOG } : { defaultAction, ...(defaultErrnoRet !== undefined && { defaultErrnoRet }) };
  const settled = namesIn(document).filter(name => isLogged(rulesFor(document, name).unconditional?.answer));
  // A rule with the default action is skipped, and the other rules for its calls would then take effect: they are removed.
  const syscalls = (document.syscalls ?? []).map(rule => logged(rule, settled))
    .concat({ names: settled, action: LOG })
    .filter(rule => rule.names.length > 0 && !(rule.action === LOG && byDefault.defaultAction === LOG));
  const logging = { ...rest, ...byDefault, syscalls };
  // C libraries fall back from clone3 to clone, so the recording has to show clone.
  return isClone3Missing(document) ? withRule(logging, { names: ['clone3'], action: ENOSYS_ANSWER.action, errnoRet: ENOSYS_ANSWER.errno }) : logging;
}

function logged({ names, action, errnoRet, ...rest }: DocumentRule, settled: readonly string[]): DocumentRule {
  const answer = isDenial(action) ? { action: LOG } : { action, ...(errnoRet !== undefined && { errnoRet }) };
  return { names: names.filter(name => !settled.includes(name)), ...answer, ...rest };
}

function namesIn({ syscalls = [] }: ProfileDocument): string[] {
  return [...new Set(syscalls.flatMap(({ names }) => names))];
}

/** True if the call is logged already, or will be. */
function isLogged(answer: Answer | undefined): boolean {
  return answer !== undefined && (answer.action === LOG || isDenial(answer.action));
}

function isClone3Missing(document: ProfileDocument): boolean {
  const { conditional, unconditional, otherwise } = rulesFor(document, 'clone3');
  return (unconditional !== undefined || conditional.length === 0) && sameAnswer(otherwise, ENOSYS_ANSWER);
}
