import { AuditFields, auditFields, TRUNCATED } from './line';
import { AuditLoss, countLoss, NO_LOSS } from './loss';
import { AuditedCall, auditedCall, auditTime } from './record';
import { SeccompAction } from '../../profile/document/action';

/** Number of records of one call, with one answer, by one program. */
export interface AuditCount {
  readonly call: AuditedCall;
  readonly count: number;
  /** Time of the first record, in seconds since 1970. */
  readonly first?: number;
  /** Time of the last record, in seconds since 1970. */
  readonly last?: number;
}

interface Group {
  readonly call: AuditedCall;
  stamped: number;
  unstamped: number;
  first?: number;
  last?: number;
}

/** Maximum number of groups: a program can give each thread another name. */
const MOST_GROUPS = 10_000;

/** Counts the seccomp records of logs, line by line, in bounded memory. */
export class AuditTally {
  /** Number of truncated records. */
  public truncated = 0;
  /** Number of records that belong to no group, because there were too many groups. */
  public uncounted = 0;
  public loss: AuditLoss = NO_LOSS;
  private readonly groups = new Map<string, Group>();

  public add(line: string): void {
    const records = auditFields(line);
    if (records.length === 0) this.loss = countLoss(this.loss, line);
    for (const fields of records) {
      if (fields === TRUNCATED) this.truncated++;
      else this.count(fields);
    }
  }

  /**
   * Counts, the most frequent first.
   *
   * journald may get each record twice, from the audit system and from the kernel's log. Either of them may lose records, so the larger number
   * counts.
   */
  public get counts(): AuditCount[] {
    return [...this.groups.values()]
      .map(({ call, stamped, unstamped, first, last }) => ({ call, count: Math.max(stamped, unstamped), first, last }))
      .sort((one, other) => other.count - one.count);
  }

  private count(fields: AuditFields): void {
    const group = this.groupOf(fields);
    if (!group) {
      this.uncounted++;
      return;
    }
    if (fields.stamp === undefined) {
      group.unstamped++;
      return;
    }
    group.stamped++;
    const time = auditTime(fields.stamp);
    if (time === undefined) return;
    if (group.first === undefined || time < group.first) group.first = time;
    if (group.last === undefined || time > group.last) group.last = time;
  }

  private groupOf(fields: AuditFields): Group | undefined {
    const key = `${fields.arch} ${fields.compat} ${fields.syscall} ${fields.code} ${fields.sig} ${fields.comm} ${fields.exe}`;
    const known = this.groups.get(key);
    if (known || this.groups.size >= MOST_GROUPS) return known;
    // Copied, because a slice of a line keeps the whole chunk in memory.
    const group = { call: auditedCall(JSON.parse(JSON.stringify(fields))), stamped: 0, unstamped: 0 };
    this.groups.set(key, group);
    return group;
  }
}

/** True if the call was logged and executed. */
export function isOnlyLogged({ action }: AuditedCall): boolean {
  return action === SeccompAction.LOG;
}
