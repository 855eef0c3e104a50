import { RecordedCall } from './calls';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { DecidedBy, Decision, DecisionKind } from '../../profile/filter/decision';
import { isDenial } from '../../profile/logging';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { ENOSYS } from '../../syscalls/errnos';
import { advicesOn } from '../audit/advice';
import { AuditedCall } from '../audit/record';

/** A recorded call, and what a profile says to it. */
export interface JudgedCall {
  readonly call: RecordedCall;
  readonly decision: Decision;
  /** The kinds of node that answer so, where others on which it can have been called answer differently. */
  readonly nodes?: readonly NodeArchitecture[];
}

/** What a profile has to do with recorded calls. */
export interface RecordComparison {
  /** Calls that it denies: new to it, or broken by it. */
  readonly denied: readonly JudgedCall[];
  /** Calls whose answer depends on their arguments, or that nobody can predict. */
  readonly unsure: readonly JudgedCall[];
  /** Whether clone3 was called, and it answers with ENOSYS: C libraries then fall back to clone. */
  readonly fallsBack: boolean;
  /** Names in its denying rules that no record has. */
  readonly unseenDenials: readonly string[];
  /** Whether calls are recorded, and it denies all of them: as if they ran under `SeccompProfile.logging` of it. */
  readonly deniesAll: boolean;
}

export function compareWith(profile: SeccompProfile, calls: readonly RecordedCall[]): RecordComparison {
  const judged = calls.flatMap(call => advicesOn(asAudited(call), profile).map(({ decision, nodes }): JudgedCall => ({ call, decision, nodes })));
  const answered = judged.filter(({ decision: { kind, action } }) => kind === DecisionKind.ACTION && isDenial(action!.value));
  const denied = answered.filter(each => !isFallback(each));
  const unsure = judged.filter(({ decision: { kind } }) => kind !== DecisionKind.ACTION);
  const denials = (profile._document.syscalls ?? []).filter(({ action }) => isDenial(action)).flatMap(({ names }) => names);
  const seen = new Set(calls.map(({ name }) => name));
  return {
    denied,
    unsure,
    fallsBack: answered.some(isFallback),
    unseenDenials: [...new Set(denials)].filter(name => !seen.has(name)).sort(),
    deniesAll: calls.length > 0 && denied.length === judged.length && denied.every(isLoggable),
  };
}

/** An ABI that a profile does not name is killed under `SeccompProfile.logging` of it, too. */
function isLoggable({ decision: { decidedBy } }: JudgedCall): boolean {
  return decidedBy !== DecidedBy.MISSING_ARCHITECTURE;
}

function isFallback({ call: { name }, decision: { errno } }: JudgedCall): boolean {
  return name === 'clone3' && errno === ENOSYS;
}

function asAudited({ architecture, isCompat, number, name }: RecordedCall): AuditedCall {
  return { architecture, isCompat, number, name, written: { syscall: String(number), code: '' } };
}
