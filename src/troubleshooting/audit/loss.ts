/** What a log says about records that are not in it. */
export interface AuditLoss {
  /** How many audit messages, not of seccomp alone, the kernel kept from its log because there were too many at a time. */
  readonly suppressed: number;
  /** The largest number of lost records that the kernel counted since it started. */
  readonly lost: number;
  /** How often the kernel says that there was no room for a record, or too many in a second. */
  readonly overflows: number;
  /** How many kernel messages of any kind journald missed. */
  readonly missed: number;
  /** The last change of `kernel.seccomp.actions_logged`. */
  readonly actionsLogged?: string;
}

export const NO_LOSS: AuditLoss = { suppressed: 0, lost: 0, overflows: 0, missed: 0 };

const SUPPRESSED = /auditd?_printk_skb: (\d{1,10}) callbacks suppressed/;
const LOST = /audit: audit_lost=(\d{1,10}) /;
const OVERFLOW = /audit: (?:rate limit exceeded|backlog limit exceeded|kauditd hold queue overflow)/;
const MISSED = /Missed (\d{1,10}) kernel messages/;
const ACTIONS_LOGGED = /op=seccomp-logging actions=([a-z_,]{0,200})/;

/**
 * Counts what a line says about loss.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/kernel/audit.c
 */
export function countLoss(loss: AuditLoss, line: string): AuditLoss {
  // Most lines are about something else, and are not to be searched for each of these.
  if (!line.includes('audit')) {
    return line.includes('kernel messages') ? { ...loss, missed: loss.missed + numberIn(MISSED, line) } : loss;
  }
  if (line.includes('callbacks suppressed')) return { ...loss, suppressed: loss.suppressed + numberIn(SUPPRESSED, line) };
  if (line.includes('audit: audit_lost=')) return { ...loss, lost: Math.max(loss.lost, numberIn(LOST, line)) };
  if (line.includes('op=seccomp-logging')) return { ...loss, actionsLogged: ACTIONS_LOGGED.exec(line)?.[1] ?? loss.actionsLogged };
  return OVERFLOW.test(line) ? { ...loss, overflows: loss.overflows + 1 } : loss;
}

/** Whether records are missing for certain. */
export function isLossy({ suppressed, lost, overflows, missed }: AuditLoss): boolean {
  return suppressed + lost + overflows + missed > 0;
}

function numberIn(pattern: RegExp, line: string): number {
  return Number(pattern.exec(line)?.[1] ?? 0);
}
