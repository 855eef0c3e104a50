/** Messages of a log about records that are not in it. */
export interface AuditLoss {
  /** Number of audit messages of any kind that the kernel left out of its log because too many came at once. */
  readonly suppressed: number;
  /** Largest number of lost records that the kernel has counted since it started. */
  readonly lost: number;
  /** Number of messages of the kernel about an exceeded rate or backlog limit. */
  readonly overflows: number;
  /** Number of kernel messages of any kind that journald missed. */
  readonly missed: number;
  /** Last value that `kernel.seccomp.actions_logged` was set to. */
  readonly actionsLogged?: string;
}

export const NO_LOSS: AuditLoss = { suppressed: 0, lost: 0, overflows: 0, missed: 0 };

const SUPPRESSED = /auditd?_printk_skb: (\d{1,10}) callbacks suppressed/;
const LOST = /audit: audit_lost=(\d{1,10}) /;
const OVERFLOW = /audit: (?:rate limit exceeded|backlog limit exceeded|kauditd hold queue overflow)/;
const MISSED = /Missed (\d{1,10}) kernel messages/;
const ACTIONS_LOGGED = /op=seccomp-logging actions=([a-z_,]{0,200})/;

/**
 * Adds the losses that a line reports.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/kernel/audit.c
 */
export function countLoss(loss: AuditLoss, line: string): AuditLoss {
  // Most lines match none of these: skip them early.
  if (!line.includes('audit')) {
    return line.includes('kernel messages') ? { ...loss, missed: loss.missed + numberIn(MISSED, line) } : loss;
  }
  if (line.includes('callbacks suppressed')) return { ...loss, suppressed: loss.suppressed + numberIn(SUPPRESSED, line) };
  if (line.includes('audit: audit_lost=')) return { ...loss, lost: Math.max(loss.lost, numberIn(LOST, line)) };
  if (line.includes('op=seccomp-logging')) return { ...loss, actionsLogged: ACTIONS_LOGGED.exec(line)?.[1] ?? loss.actionsLogged };
  return OVERFLOW.test(line) ? { ...loss, overflows: loss.overflows + 1 } : loss;
}

/** True if records are certainly missing. */
export function isLossy({ suppressed, lost, overflows, missed }: AuditLoss): boolean {
  return suppressed + lost + overflows + missed > 0;
}

function numberIn(pattern: RegExp, line: string): number {
  return Number(pattern.exec(line)?.[1] ?? 0);
}
