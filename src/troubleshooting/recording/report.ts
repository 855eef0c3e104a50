import { allowlistOf, RecordedAllowlist } from './allowlist';
import { RecordedCall, Recording, recordingOf } from './calls';
import { compareWith, JudgedCall, RecordComparison } from './comparison';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { AuditLoss } from '../audit/loss';
import { AuditTally } from '../audit/tally';

/** A recording, the allowlist made from it, and comparisons with given profiles. */
export interface RecordReport extends Recording {
  readonly allowlist: RecordedAllowlist;
  /** Comparison with the existing profile. */
  readonly base?: RecordComparison;
  /** Comparison with a denylist. */
  readonly denylist?: RecordComparison;
  /** Number of truncated records. */
  readonly truncated: number;
  /** Number of records that belong to no group, because there were too many groups. */
  readonly uncounted: number;
  readonly loss: AuditLoss;
}

export interface RecordOptions {
  /** Names of the threads that count; by default all. */
  readonly comms?: readonly string[];
  readonly base?: SeccompProfile;
  readonly denylist?: SeccompProfile;
}

/** Reports on records; undefined if no call was recorded. */
export function reportOn(tally: AuditTally, { comms, base, denylist }: RecordOptions = {}): RecordReport | undefined {
  const { counts, truncated, uncounted, loss } = tally;
  const recording = recordingOf(counts, comms);
  const { calls } = recording;
  if (calls.length === 0) return undefined;
  return {
    ...recording,
    allowlist: allowlistOf(calls),
    base: base && compareWith(base, calls),
    denylist: denylist && compareWith(denylist, calls),
    truncated,
    uncounted,
    loss,
  };
}

/** Returns the report as plain values, without the allowlist's document. */
export function asJson({ calls, denied, unreadable, allowlist, base, denylist, truncated, uncounted, loss }: RecordReport): object {
  return {
    calls: calls.map(plain),
    added: { runtimes: allowlist.forRuntimes, threads: allowlist.forThreads },
    base: base && { new: base.denied.map(judged), unsure: base.unsure.map(judged), fallsBack: base.fallsBack, deniesAll: base.deniesAll },
    denylist: denylist && {
      broken: denylist.denied.map(judged),
      unsure: denylist.unsure.map(judged),
      fallsBack: denylist.fallsBack,
      neverRecorded: denylist.unseenDenials,
    },
    denied: denied.map(plain),
    unreadable,
    torn: truncated,
    unsorted: uncounted,
    loss,
  };
}

function plain({ architecture, number, name, count, programs }: RecordedCall): object {
  return { architecture: architecture.value, syscall: name, number, count, programs };
}

function judged({ call, nodes, decision: { kind, action, errno, reason } }: JudgedCall): object {
  return { ...plain(call), nodes: nodes?.map(String), answer: kind, action: action?.value, errno, reason };
}
