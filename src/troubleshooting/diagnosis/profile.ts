import { JudgedCause } from './evidence';
import { CauseId, Confidence, Symptom } from './symptom';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { Decision, DecisionKind, outcome } from '../../profile/filter/decision';
import { Libc } from '../../profile/filter/libc';
import { ThreadStart } from '../../profile/filter/threads';
import { answersByNode, nodeParts } from '../../profile/node-part';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { numberOf } from '../../syscalls/numbers';

/** Answer of a profile for a call that failed, on one architecture. */
export interface ProfileAnswer {
  readonly call: string;
  readonly architecture: SeccompArchitecture;
  readonly decision: Decision;
  /** The kinds of node that answer so, where others that run programs of the architecture answer differently. */
  readonly nodes?: readonly NodeArchitecture[];
}

/** Answers of a profile about a symptom. */
export interface ProfileVerdict {
  readonly answers: readonly ProfileAnswer[];
  /** Reason if no runtime loads the profile. */
  readonly refusal?: string;
  /** Reasons why threads do not start under the profile, for a symptom of threads; empty if they start. */
  readonly threadFailures?: readonly string[];
}

const LIBCS = [Libc.glibc('2.39'), Libc.musl()];

export interface ProfileQuestion {
  readonly calls: readonly string[];
  readonly architectures: readonly SeccompArchitecture[];
  readonly runtime?: ContainerRuntime;
}

/** Returns the answers of a profile for the calls of a symptom, as each node kind reads the profile. */
export function verdictOf(profile: SeccompProfile, { calls, architectures, runtime }: ProfileQuestion): ProfileVerdict {
  const asked = architectures.map(architecture => ({ architecture, parts: nodeParts(profile, architecture) }));
  const starts = asked.flatMap(({ architecture, parts }) => parts.map(({ node }) => profile.decide({ syscall: 'execve', architecture, runtime, node })));
  const refusal = starts.find(({ kind }) => kind === DecisionKind.REFUSED);
  const answers = asked.flatMap(({ architecture, parts }) => calls.filter(call => numberOf(architecture.value, call) !== undefined).flatMap(call =>
    answersByNode(parts, ({ node, profile: part }) => part.decide({ syscall: call, architecture, runtime, node }), outcome)
      .map(({ answer: decision, nodes }): ProfileAnswer => ({ call, architecture, decision, nodes }))));
  if (!calls.includes('clone3')) return { answers, refusal: refusal?.reason };
  const runtimes = runtime ? [runtime] : [ContainerRuntime.DEFAULT, ContainerRuntime.crun('1.21')];
  const programs = runtimes.flatMap(each => LIBCS.map(libc => ({ libc, runtime: each })));
  const threads = asked.flatMap(({ architecture, parts }) => parts.flatMap(({ node, profile: part }) =>
    programs.map(program => part.threads({ ...program, architecture, node }))));
  const failures = threads.filter(({ start }) => start !== ThreadStart.WORKS).map(({ reason }) => reason);
  return { answers, refusal: refusal?.reason, threadFailures: [...new Set(failures)] };
}

/**
 * Judges two causes of the same text by the profile under which the program ran: it makes one likely and rules the other out. A profile that does not load
 * decides nothing.
 */
export function causesUnder({ proves }: Symptom, causes: readonly JudgedCause[], verdict: ProfileVerdict): readonly JudgedCause[] {
  const { threadFailures, refusal } = verdict;
  const isOpen = causes.some(({ id }) => id === CauseId.PIDS_LIMIT) && causes.some(({ id }) => id === CauseId.SECCOMP_DENIES_THREADS);
  const isDecided = proves !== undefined || causes.some(({ confidence }) => confidence === Confidence.CERTAIN);
  if (!isOpen || isDecided || threadFailures === undefined || refusal !== undefined) return causes;
  const [id, others] = threadFailures.length > 0
    ? [CauseId.SECCOMP_DENIES_THREADS, causes.filter(cause => cause.id !== CauseId.SECCOMP_DENIES_THREADS)]
    : [CauseId.PIDS_LIMIT, causes.filter(cause => cause.id === undefined)];
  const first = causes.filter(cause => cause.id === id).map(cause => ({ ...cause, confidence: Confidence.LIKELY }));
  return [...first, ...others.map(cause => ({ ...cause, confidence: Confidence.POSSIBLE }))];
}

/** Returns the calls of a symptom that a line names; all of them if it names none. */
export function callsIn(text: string, calls: readonly string[]): readonly string[] {
  const named = calls.filter(call => new RegExp(`(?<![a-z0-9_])${call}(?![a-z0-9_])`).test(text));
  return named.length > 0 && !calls.includes('clone3') ? named : calls;
}
