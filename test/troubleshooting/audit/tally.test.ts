import { isLossy } from '../../../src/troubleshooting/audit/loss';
import { AuditTally } from '../../../src/troubleshooting/audit/tally';

const record = (time: number, syscall: number, comm = 'a', code = '0x50000') =>
  `audit: type=1326 audit(${time}.250:5): pid=9 comm="${comm}" exe="/b" sig=0 arch=c000003e syscall=${syscall} compat=0 ip=0x7f code=${code}`;
const fromJournal = (line: string) => line.replace(/audit: .*: pid/, 'audit[9]: SECCOMP pid');

function tallied(...lines: string[]): AuditTally {
  const tally = new AuditTally();
  lines.forEach(line => tally.add(line));
  return tally;
}

function told({ counts }: AuditTally) {
  return counts.map(({ call, count, first, last }) => [call.name, call.comm, String(call.action), count, first, last]);
}

test('counts by call, program and action, the most frequent first, with the first and the last time', () => {
  const tally = tallied(record(200, 83), record(300, 435), record(100, 435), 'something else', record(150, 435), record(400, 435, 'b'), record(1, 435, 'a', '0x0'));
  expect(told(tally)).toStrictEqual([
    ['clone3', 'a', 'SCMP_ACT_ERRNO', 3, undefined, undefined],
    ['mkdir', 'a', 'SCMP_ACT_ERRNO', 1, undefined, undefined],
    ['clone3', 'b', 'SCMP_ACT_ERRNO', 1, undefined, undefined],
    ['clone3', 'a', 'SCMP_ACT_KILL_THREAD', 1, undefined, undefined],
  ]);
  expect(told(tallied(record(1_700_000_300, 435), record(1_700_000_100, 435), record(1_700_000_200, 435))))
    .toStrictEqual([['clone3', 'a', 'SCMP_ACT_ERRNO', 3, 1_700_000_100.25, 1_700_000_300.25]]);
});

test('counts once what journald has from the audit system and from the kernel, also where one of the two has lost some', () => {
  const [one, other] = [record(1_700_000_000, 435), record(1_700_000_001, 83)];
  const tally = tallied(fromJournal(one), one, fromJournal(one), fromJournal(other), other, other);
  expect(tally.counts.map(({ call, count }) => [call.name, count])).toStrictEqual([['clone3', 2], ['mkdir', 2]]);
});

test('counts what is truncated apart', () => {
  const tally = tallied(record(1, 435).slice(0, -3), record(1, 435), 'audit: type=1326 audit(1.0');
  expect({ truncated: tally.truncated, counts: tally.counts.length }).toStrictEqual({ truncated: 2, counts: 1 });
});

test('keeps a bounded number of programs, and counts the others', () => {
  const tally = new AuditTally();
  for (let index = 0; index < 10_050; index++) tally.add(record(1, 435, `thread-${index}`));
  tally.add(record(1, 435, 'thread-7'));
  expect([tally.counts.length, tally.uncounted, tally.counts[0].count]).toStrictEqual([10_000, 50, 2]);
});

test('adds up what the log says about loss', () => {
  const { loss } = tallied(
    '[1.0] kauditd_printk_skb: 38 callbacks suppressed',
    'Jul 25 09:28:18 user kernel: [15.7] audit_printk_skb: 4 callbacks suppressed',
    '[1.0] show_signal: 100 callbacks suppressed',
    '[2.0] audit: audit_backlog=65 > audit_backlog_limit=64',
    '[2.0] audit: audit_lost=7 audit_rate_limit=0 audit_backlog_limit=64',
    '[2.0] audit: backlog limit exceeded',
    '[3.0] audit: audit_lost=9 audit_rate_limit=2 audit_backlog_limit=64',
    '[3.0] audit: rate limit exceeded',
    'systemd-journald[288]: Missed 12 kernel messages',
    'audit: type=1305 audit(1.0:9): op=seccomp-logging actions=kill_process,trap old-actions=kill_process,errno res=1',
  );
  expect(loss).toStrictEqual({ suppressed: 42, lost: 9, overflows: 2, missed: 12, actionsLogged: 'kill_process,trap' });
  expect(isLossy(loss)).toBe(true);
});

test('takes a log that says nothing about loss for whole', () => {
  const { loss } = tallied(record(1, 435), 'show_signal: 3 callbacks suppressed', 'audit: enabled', 'reads kernel messages');
  expect(isLossy(loss)).toBe(false);
  expect(loss).toStrictEqual({ suppressed: 0, lost: 0, overflows: 0, missed: 0 });
});
