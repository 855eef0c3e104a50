import { AuditFields, auditFields, TRUNCATED } from './line';
import { AuditLoss, countLoss, NO_LOSS } from './loss';
import { AuditedCall, auditedCall, auditTime } from './record';
import { SeccompAction } from '../../profile/document/action';

/** Records of one call, answered in one way, by one program. */
export interface AuditCount {
  readonly call: AuditedCall;
  readonly count: number;
  /** Seconds since 1970. */
  readonly first?: number;
  /** Seconds since 1970. */
  readonly last?: number;
}

interface Group {
  readonly call: AuditedCall;
  stamped: number;
  unstamped: number;
  first?: number;
  last?: number;
}

/** A program can name its threads as it likes, each another way. */
const MOST_GROUPS = 10_000;

/** Counts the seccomp records of logs, line by line; what it keeps does not grow with their length. */
export class AuditTally {
  public truncated = 0;
  /** Records of calls, answers and programs that came when there were too many different ones. */
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
   * The most frequent first.
   *
   * journald hears of a record from the audit system, and again from the kernel's log: then it has written both. One of the two can have lost
   * some, so that the larger number is the better one.
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
    // Parts of a text keep all of it alive; copied, they do not.
    const group = { call: auditedCall(JSON.parse(JSON.stringify(fields))), stamped: 0, unstamped: 0 };
    this.groups.set(key, group);
    return group;
  }
}

/** Whether the call was executed. */
export function isOnlyLogged({ action }: AuditedCall): boolean {
  return action === SeccompAction.LOG;
}
