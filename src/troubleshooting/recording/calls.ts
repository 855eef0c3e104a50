import { SeccompArchitecture } from '../../profile/document/architecture';
import { AuditCount, isOnlyLogged } from '../audit/tally';

/** A call that a program made on some ABI. */
export interface RecordedCall {
  readonly architecture: SeccompArchitecture;
  /** Whether the ABI is not the node's own; undefined if no record says. */
  readonly isCompat?: boolean;
  readonly number: number;
  /** Undefined if libseccomp has none for the number: then no profile can name it. */
  readonly name?: string;
  readonly count: number;
  /** Paths of the programs; names of threads where records have no path. */
  readonly programs: readonly string[];
}

/** What programs called, as far as records say. */
export interface Recording {
  /** The calls that were executed and logged, by ABI and name. */
  readonly calls: readonly RecordedCall[];
  /** Calls that were denied and so prove no need. */
  readonly denied: readonly RecordedCall[];
  /** How many records do not say which call it was: another ABI than libseccomp knows, or no number. */
  readonly unreadable: number;
}

/**
 * Sorts what an audit tally has counted.
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
