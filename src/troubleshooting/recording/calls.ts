import { SeccompArchitecture } from '../../profile/document/architecture';
import { AuditCount, isOnlyLogged } from '../audit/tally';

/** A call that programs made on one ABI. */
export interface RecordedCall {
  readonly architecture: SeccompArchitecture;
  /** True if the ABI is a compat ABI of the node; undefined if the records do not say. */
  readonly isCompat?: boolean;
  readonly number: number;
  /** Name of the call; undefined if libseccomp has none, so that no profile can name it. */
  readonly name?: string;
  readonly count: number;
  /** Paths of the programs; names of threads if records have no path. */
  readonly programs: readonly string[];
}

/** The calls of programs, as far as records show them. */
export interface Recording {
  /** Calls that were logged and executed, by ABI and name. */
  readonly calls: readonly RecordedCall[];
  /** Calls that were denied, which does not show that the program needs them. */
  readonly denied: readonly RecordedCall[];
  /** Number of records that do not name the call: the ABI is unknown, or the number is missing. */
  readonly unreadable: number;
}

/**
 * Groups the counts of an audit tally by call.
 *
 * @param comms names of the threads that count; by default all
 */
export function recordingOf(counts: readonly AuditCount[], comms?: readonly string[]): Recording {
  const chosen = counts.filter(({ call: { comm } }) => !comms || (comm !== undefined && comms.includes(comm)));
  const [logged, denied] = [true, false].map(wanted => chosen.filter(({ call }) => isOnlyLogged(call) === wanted));
  const unreadable = chosen.filter(({ call: { architecture, number } }) => !architecture || number === undefined || number < 0);
  return { calls: callsIn(logged), denied: callsIn(denied), unreadable: unreadable.reduce((sum, { count }) => sum + count, 0) };
}

function callsIn(counts: readonly AuditCount[]): RecordedCall[] {
  const calls = new Map<string, RecordedCall>();
  for (const { count, call: { architecture, isCompat, number, name, exe, comm } } of counts) {
    // A tracer that skips a call makes its number -1.
    if (!architecture || number === undefined || number < 0) continue;
    const key = `${architecture} ${isCompat} ${number}`;
    const known = calls.get(key) ?? { architecture, isCompat, number, name, count: 0, programs: [] };
    const programs = [...new Set([...known.programs, exe ?? comm ?? '?'])].sort();
    calls.set(key, { ...known, count: known.count + count, programs });
  }
  return [...calls.values()].sort((one, other) => compare(`${one.architecture} ${one.name ?? '~'}`, `${other.architecture} ${other.name ?? '~'}`) || one.number - other.number);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
