import { AuditedCall } from './record';
import { SeccompAction } from '../../profile/document/action';
import { ProfileDocument } from '../../profile/document/document';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { DecidedBy, Decision, DecisionKind, outcome } from '../../profile/filter/decision';
import { answersByNode, nodeParts } from '../../profile/node-part';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { ENOSYS } from '../../syscalls/errnos';

/** Agreement between the answer of a profile and the recorded one. */
export enum Agreement {
  YES = 'yes',
  NO = 'no',
  /** The answer depends on arguments, which no record holds, or is not predictable. */
  MAYBE = 'maybe',
}

/** A change of a profile that allows a call, or makes it fail in a way that programs tolerate. */
export interface ProfileChange {
  /** JSON path of a list that loses the name, such as `syscalls[0].names`. */
  readonly from?: string;
  /** JSON path of a list that gains the name, such as `syscalls[1].names` or `architectures`. */
  readonly to?: string;
  /** New rule, without its names. */
  readonly rule?: { readonly action: string; readonly errnoRet?: number };
  readonly name: string;
}

/** The answer of a profile to a recorded call, with a change that would allow the call. */
export interface AuditAdvice {
  readonly decision: Decision;
  readonly agreement: Agreement;
  /** The reason why no runtime loads the whole profile; the decision is then that of the part for the node. */
  readonly refusal?: string;
  /** Undefined if the records do not show a change that would help. */
  readonly change?: ProfileChange;
  /** Kinds of node with this answer, if other kinds that run such programs answer differently. */
  readonly nodes?: readonly NodeArchitecture[];
}

/** A runtime that supports flags, as any runtime must that has loaded a profile with flags. */
const WITH_FLAGS = ContainerRuntime.runc('1.3.6', { libseccomp: '2.6.0' });

/**
 * Returns the answer of the profile to a recorded call; undefined if the record does not name the call.
 *
 * @param runtime runtime that loaded the profile; by default ContainerRuntime.DEFAULT, or a later one if the profile has flags
 */
export function adviceOn(call: AuditedCall, profile: SeccompProfile, runtime = usualRuntime(profile)): AuditAdvice | undefined {
  const [first, ...others] = advicesOn(call, profile, runtime);
  // A record may not name the kind of node: then the node with the recorded answer is taken.
  return [first, ...others].find(each => each?.agreement === Agreement.YES) ?? first;
}

/** Returns the distinct answers of the profile on the kinds of node that can have made the call; none if the record does not name the call. */
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
  // Old releases of `ausearch -i` print one word for both.
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

/** Returns the path of the longest list of names that are allowed without conditions. */
function allowedNames({ syscalls = [] }: ProfileDocument): string | undefined {
  const allowed = syscalls.map(({ action, args, names }) => action === 'SCMP_ACT_ALLOW' && !args?.length ? names.length : -1);
  const most = Math.max(-1, ...allowed);
  return most < 0 ? undefined : `syscalls[${allowed.indexOf(most)}].names`;
}
