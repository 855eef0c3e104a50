import { RecordedCall } from './calls';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { DecidedBy, Decision, DecisionKind } from '../../profile/filter/decision';
import { isDenial } from '../../profile/logging';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { ENOSYS } from '../../syscalls/errnos';
import { advicesOn } from '../audit/advice';
import { AuditedCall } from '../audit/record';

/** A recorded call with the answer of a profile. */
export interface JudgedCall {
  readonly call: RecordedCall;
  readonly decision: Decision;
  /** Kinds of node with this answer, if other kinds that can have made the call answer differently. */
  readonly nodes?: readonly NodeArchitecture[];
}

/** Comparison of a profile with recorded calls. */
export interface RecordComparison {
  /** Recorded calls that the profile denies: new to a base, broken by a denylist. */
  readonly denied: readonly JudgedCall[];
  /** Calls whose answer depends on arguments, or is not predictable. */
  readonly unsure: readonly JudgedCall[];
  /** True if clone3 was called and the profile answers with ENOSYS: C libraries then fall back to clone. */
  readonly fallsBack: boolean;
  /** Names in denying rules of the profile that were not recorded. */
  readonly unseenDenials: readonly string[];
  /** True if the profile denies every recorded call, as when they ran under `SeccompProfile.logging` with it. */
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

/** True if `SeccompProfile.logging` would log the call: it kills calls of an ABI that the profile does not name. */
function isLoggable({ decision: { decidedBy } }: JudgedCall): boolean {
  return decidedBy !== DecidedBy.MISSING_ARCHITECTURE;
}

function isFallback({ call: { name }, decision: { errno } }: JudgedCall): boolean {
  return name === 'clone3' && errno === ENOSYS;
}

function asAudited({ architecture, isCompat, number, name }: RecordedCall): AuditedCall {
  return { architecture, isCompat, number, name, written: { syscall: String(number), code: '' } };
}
