import { AuditedCall } from './record';
import { SeccompAction } from '../../profile/document/action';
import { ProfileDocument } from '../../profile/document/document';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { DecidedBy, Decision, DecisionKind, outcome } from '../../profile/filter/decision';
import { answersByNode, nodeParts } from '../../profile/node-part';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { ENOSYS } from '../../syscalls/errnos';

/** Whether a profile can have given the answer that was recorded. */
export enum Agreement {
  YES = 'yes',
  NO = 'no',
  /** It depends on the arguments, which no record holds, or nobody can say what the profile answers. */
  MAYBE = 'maybe',
}

/** How a profile lets a call through, or has it fail so that programs go on without it. */
export interface ProfileChange {
  /** JSON path of a list that loses the name, such as `syscalls[0].names`. */
  readonly from?: string;
  /** JSON path of a list that gets the name, such as `syscalls[1].names` or `architectures`. */
  readonly to?: string;
  /** A new rule, without its names. */
  readonly rule?: { readonly action: string; readonly errnoRet?: number };
  readonly name: string;
}

/** What a profile has to do with a recorded call. */
export interface AuditAdvice {
  readonly decision: Decision;
  readonly agreement: Agreement;
  /** Why no runtime loads the profile as it is; the decision is then that of its part for the node of the call. */
  readonly refusal?: string;
  /** Undefined where there is none, or none that follows from a record. */
  readonly change?: ProfileChange;
  /** The kinds of node that answer so, where others on which such programs run answer differently. */
  readonly nodes?: readonly NodeArchitecture[];
}

/** Knows flags, as the one must that has loaded a profile with any: who has records of a denial often has the flag that asks for them. */
const WITH_FLAGS = ContainerRuntime.runc('1.3.6', { libseccomp: '2.6.0' });

/**
 * What the profile says about a recorded call; undefined if the record does not say which call it is.
 *
 * @param runtime what has loaded the profile; by default ContainerRuntime.DEFAULT, or a later one that knows flags if the profile has some
 */
export function adviceOn(call: AuditedCall, profile: SeccompProfile, runtime = usualRuntime(profile)): AuditAdvice | undefined {
  const [first, ...others] = advicesOn(call, profile, runtime);
  // Where the record does not say on what kind of node it was, the answer that was recorded does.
  return [first, ...others].find(each => each?.agreement === Agreement.YES) ?? first;
}

/** What the profile says on each kind of node on which the call can have been made, the same once; none, if the record does not say which call it is. */
export function advicesOn(call: AuditedCall, profile: SeccompProfile, runtime = usualRuntime(profile)): AuditAdvice[] {
  const { architecture, number, isCompat } = call;
  if (!architecture || number === undefined) return [];
  // A tracer that skips a call makes its number -1.
  const query = { architecture, number: number >>> 0, runtime };
  const answers = answersByNode(nodeParts(profile, architecture, isCompat), ({ node, profile: part }) => {
    const whole = profile.decide({ ...query, node });
    const isRefused = whole.kind === DecisionKind.REFUSED;
    return { decision: isRefused ? part.decide({ ...query, node }) : whole, refusal: isRefused ? whole.reason : undefined };
  }, ({ decision, refusal }) => `${refusal} ${outcome(decision)}`);
  return answers.map(({ answer: { decision, refusal }, nodes }) => {
    const agreement = agreementOf(decision, call);
    const change = agreement === Agreement.YES ? changeFor(call, decision, profile._document) : undefined;
    return { decision, agreement, refusal, change, nodes };
  });
}

function usualRuntime(profile: SeccompProfile): ContainerRuntime {
  return profile._document.flags?.length ? WITH_FLAGS : ContainerRuntime.DEFAULT;
}

function agreementOf({ kind, action, alternatives = [] }: Decision, call: AuditedCall): Agreement {
  if (kind === DecisionKind.ACTION) return isRecorded(action!, call) ? Agreement.YES : Agreement.NO;
  if (kind === DecisionKind.DEPENDS_ON_ARGUMENTS && !alternatives.some(each => isRecorded(each.action, call))) return Agreement.NO;
  return Agreement.MAYBE;
}

function isRecorded(action: SeccompAction, { action: recorded }: AuditedCall): boolean {
  const kill = [SeccompAction.KILL_THREAD, SeccompAction.KILL_PROCESS];
  // `ausearch -i` does not always tell the two apart.
  return recorded === SeccompAction.KILL ? kill.includes(action) : action === recorded;
}

function changeFor({ name, architecture }: AuditedCall, decision: Decision, document: ProfileDocument): ProfileChange | undefined {
  const { decidedBy, action, errno, path = '' } = decision;
  if (decidedBy === DecidedBy.MISSING_ARCHITECTURE) return { to: 'architectures', name: architecture!.value };
  if (name === undefined) return undefined;
  const list = /^(syscalls\[\d+\]\.names)\[\d+\]$/.exec(path)?.[1];
  if (name === 'clone3' && action === SeccompAction.ERRNO) {
    return errno === ENOSYS ? undefined : { from: list, rule: { action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS }, name };
  }
  const from = list && nameAt(document, path) === name ? list : undefined;
  if (decidedBy === DecidedBy.RULE && !from) return undefined;
  if (from && document.defaultAction === 'SCMP_ACT_ALLOW') return { from, name };
  const to = allowedNames(document);
  return to ? { from, to, name } : { from, rule: { action: 'SCMP_ACT_ALLOW' }, name };
}

function nameAt(document: ProfileDocument, path: string): string | undefined {
  const [, rule, name] = /^syscalls\[(\d+)\]\.names\[(\d+)\]$/.exec(path) ?? [];
  return document.syscalls?.[Number(rule)]?.names[Number(name)];
}

/** The longest list of names that are allowed whatever their arguments. */
function allowedNames({ syscalls = [] }: ProfileDocument): string | undefined {
  const allowed = syscalls.map(({ action, args, names }) => action === 'SCMP_ACT_ALLOW' && !args?.length ? names.length : -1);
  const most = Math.max(-1, ...allowed);
  return most < 0 ? undefined : `syscalls[${allowed.indexOf(most)}].names`;
}
