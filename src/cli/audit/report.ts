import { AuditAdvice, ProfileChange } from '../../troubleshooting/audit/advice';
import { AuditLoss } from '../../troubleshooting/audit/loss';
import { AuditedCall } from '../../troubleshooting/audit/record';
import { AuditCount, isOnlyLogged } from '../../troubleshooting/audit/tally';
import { FoundProfile } from '../documents/found-profile';

/** The content of the report, which each format prints. */
export interface AuditReport {
  /** Counts, the most frequent first. */
  readonly counts: readonly AdvisedCount[];
  readonly truncated: number;
  readonly uncounted: number;
  readonly loss: AuditLoss;
  /** The profile, if one was given. */
  readonly found?: FoundProfile;
  readonly flags?: readonly string[];
}

export interface AdvisedCount extends AuditCount {
  readonly advice?: AuditAdvice;
}

/** One change for all calls that need it. */
export interface NamedChange extends Omit<ProfileChange, 'name'> {
  readonly names: readonly string[];
}

/** Number of records of each kind. */
export interface RecordCounts {
  readonly records: number;
  readonly denied: number;
  readonly logged: number;
  readonly uncounted: number;
}

export function recordsOf({ counts, uncounted }: AuditReport): RecordCounts {
  const sum = (chosen: readonly AdvisedCount[]) => chosen.reduce((total, { count }) => total + count, 0);
  const logged = sum(counts.filter(({ call }) => isOnlyLogged(call)));
  const all = sum(counts);
  return { records: all + uncounted, denied: all - logged, logged, uncounted };
}

export function timesOf({ counts }: AuditReport): { readonly first?: string; readonly last?: string } {
  const times = counts.flatMap(({ first, last }) => [first, last]).filter(time => time !== undefined);
  if (times.length === 0) return {};
  const [first, last] = [times.reduce((one, other) => Math.min(one, other)), times.reduce((one, other) => Math.max(one, other))];
  return { first: formatTime(first), last: formatTime(last) };
}

/** Formats seconds since 1970. */
export function formatTime(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}

/** Returns the action, such as `SCMP_ACT_ERRNO`; for an unknown code, the code. */
export function actionOf({ action, written }: AuditedCall): string {
  return action?.value ?? `code ${written.code}`;
}

/** Returns the changes that the profile needs, each once. */
export function changesOf({ counts }: AuditReport): NamedChange[] {
  const kinds = new Map<string, { change: ProfileChange; names: Set<string> }>();
  for (const { advice } of counts) {
    if (!advice?.change) continue;
    const { name, ...kind } = advice.change;
    const key = JSON.stringify(kind);
    const known = kinds.get(key) ?? { change: advice.change, names: new Set() };
    known.names.add(name);
    kinds.set(key, known);
  }
  return [...kinds.values()].map(({ change: { from, to, rule }, names }) => ({ from, to, rule, names: [...names].sort() }));
}
