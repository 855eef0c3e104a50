import * as fc from 'fast-check';
import { OTHER_LINES, PUBLIC_LINES } from './lines';
import { ABIS } from '../../../src/syscalls/abis';
import { nameOf } from '../../../src/syscalls/numbers';
import { AuditFields, auditFields, TRUNCATED } from '../../../src/troubleshooting/audit/line';
import { auditedCall, auditTime } from '../../../src/troubleshooting/audit/record';

function told(line: string) {
  return auditFields(line).map(fields => {
    if (fields === TRUNCATED) return TRUNCATED;
    const { architecture, name, number, action, comm, exe, signal } = auditedCall(fields);
    return [architecture?.value.replace('SCMP_ARCH_', ''), name ?? number, action?.value.replace('SCMP_ACT_', ''), comm, exe, signal];
  });
}

const RECORD = 'audit: type=1326 audit(1795457898.981:5): auid=0 uid=0 gid=0 ses=1 pid=9 comm="a" exe="/b" sig=0 arch=c000003e syscall=435 compat=0 ip=0x7f code=0x50000';
const TOLD = ['X86_64', 'clone3', 'ERRNO', 'a', '/b', 0];

test.each(PUBLIC_LINES)('reads %s', (_, line, expected) => {
  expect(told(line)).toStrictEqual([expected]);
});

test.each(OTHER_LINES)('passes over %s', line => {
  expect(told(line)).toStrictEqual([]);
});

test.each([
  ['dmesg', `[10846.304112] ${RECORD}`],
  ['dmesg -x', `kern  :notice: [10846.304112] ${RECORD}`],
  ['/dev/kmsg', `5,1234,10846304112,-;${RECORD}`],
  ['a serial console', `${RECORD}\r`],
  ['a kernel that puts audit in front of nothing', RECORD.replace('audit: ', '')],
  ['auditd', RECORD.replace('audit: type=1326 ', 'type=SECCOMP msg=')],
  ['auditd with a node name', RECORD.replace('audit: type=1326 ', 'node=n1 type=SECCOMP msg=')],
  ['an auditd older than its kernel', RECORD.replace('audit: type=1326 ', 'type=UNKNOWN[1326] msg=')],
  ['an enriching auditd', `${RECORD.replace('audit: type=1326 ', 'type=SECCOMP msg=')}\u001dARCH=i386 SYSCALL=read AUID="root"`],
  ['an older journald', RECORD.replace(/audit: .*: auid/, 'audit[9]: <audit-1326> auid')],
  ['a collector that writes JSON', JSON.stringify({ MESSAGE: RECORD, PRIORITY: 5 })],
  ['other fields and another order', RECORD.replace(/ (auid.*) (comm.*) (sig.*)/, ' $3 new=1 $2 $1')],
])('reads the same from %s', (_, line) => {
  expect(told(line)).toStrictEqual([TOLD]);
});

test.each([
  ['an X32 call', 'syscall=435', 'syscall=1073742259', ['X32', 'clone3', 'ERRNO', 'a', '/b', 0]],
  ['the number of a skipped call', 'syscall=435', 'syscall=-1', ['X86_64', -1, 'ERRNO', 'a', '/b', 0]],
  ['a number that has no name', 'syscall=435', 'syscall=99999', ['X86_64', 99999, 'ERRNO', 'a', '/b', 0]],
  ['a compatibility call', 'arch=c000003e', 'arch=40000003', ['X86', 'clone3', 'ERRNO', 'a', '/b', 0]],
  ['an ABI that libseccomp does not know', 'arch=c000003e', 'arch=9026', [undefined, 435, 'ERRNO', 'a', '/b', 0]],
  ['no ABI, as before Linux 3.16', ' arch=c000003e', '', [undefined, 435, 'ERRNO', 'a', '/b', 0]],
  ['an action of a later kernel', 'code=0x50000', 'code=0x7fe00000', ['X86_64', 'clone3', undefined, 'a', '/b', 0]],
  ['no program', 'exe="/b"', 'exe=(null)', ['X86_64', 'clone3', 'ERRNO', 'a', undefined, 0]],
  ['a thread name with odd bytes', 'comm="a"', 'comm=612022C3A9', ['X86_64', 'clone3', 'ERRNO', 'a "é', '/b', 0]],
])('reads %s', (_, part, other, expected) => {
  expect(told(RECORD.replace(part, other))).toStrictEqual([expected]);
});

test('reads both of two records that ran into each other', () => {
  expect(told(`${RECORD} ${RECORD}`)).toStrictEqual([TOLD, TOLD]);
  expect(told(`${RECORD.slice(0, -20)}${RECORD}`)).toStrictEqual([TRUNCATED, TOLD]);
});

test('fails on a record that was cut anywhere, and takes no cut code for another action', () => {
  const begin = RECORD.indexOf('audit(') + 'audit('.length;
  const cut = [...Array(RECORD.length - begin).keys()].map(more => told(RECORD.slice(0, begin + more)));
  expect(cut.filter(each => each.length !== 1 || each[0] !== TRUNCATED)).toStrictEqual([]);
  const log = RECORD.replace('0x50000', '0x7ffc0000');
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(less => told(log.slice(0, -less)))).toStrictEqual(Array(9).fill([TRUNCATED]));
});

test.each(['', '1795457898.981:5', '11/23/2026 18:18:18.981:5'])('knows the time of "%s"', stamp => {
  expect(auditTime(stamp)).toBe(stamp.startsWith('179') ? 1795457898.981 : undefined);
});

const bytes = fc.uint8Array({ minLength: 1, maxLength: 15 }).map(each => Buffer.from(each.map(byte => byte || 1)));
/** As the kernel writes a string that it does not trust. */
const untrusted = (value: Buffer) => value.some(byte => byte < 0x21 || byte > 0x7e || byte === 0x22) ? value.toString('hex').toUpperCase() : `"${value}"`;

test('reads back whatever the kernel can print', () => {
  const records = fc.record({
    abi: fc.constantFrom(...ABIS),
    number: fc.nat(470),
    comm: bytes,
    exe: bytes,
    subj: fc.constantFrom('', ' subj=unconfined', ' subj==a (enforce)', ' subj=u:r:t:s0-s0:c0.c1023'),
    ip: fc.nat().map(each => each.toString(16)),
  });
  fc.assert(fc.property(records, ({ abi, number, comm, exe, subj, ip }) => {
    const line = `[1.5] audit: type=1326 audit(1.000:1): auid=1 uid=1 gid=1 ses=1${subj} pid=1 comm=${untrusted(comm)} exe=${untrusted(exe)} sig=0 `
      + `arch=${abi.auditToken.toString(16)} syscall=${abi.base + number} compat=0 ip=0x${ip} code=0x30000`;
    const call = auditedCall(auditFields(line)[0] as AuditFields);
    expect(call.architecture?.value).toBe(abi.name);
    expect(call.name).toBe(nameOf(abi.name, abi.base + number));
    expect([call.comm, call.exe]).toStrictEqual([comm.toString(), exe.toString()]);
    const inOtherOrder = line.replace(/ (comm=.*) (sig=0 .*)$/, ' $2 $1');
    expect(auditedCall(auditFields(inOtherOrder)[0] as AuditFields)).toStrictEqual(call);
    const [inJson] = auditFields(JSON.stringify({ MESSAGE: line }));
    expect(auditedCall(inJson as AuditFields)).toStrictEqual(call);
  }), { numRuns: 3000 });
});

test('takes anything', () => {
  const part = fc.constantFrom('audit: ', 'type=1326 ', 'audit(', '1.0:1', '): ', 'SECCOMP ', 'audit[1]: ', 'syscall=', 'code=', '0x', '435', 'comm=', '"', '\\', ' ', '\u001d', '=', 'exe=FF');
  fc.assert(fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), parts => {
    for (const fields of auditFields(parts.join(''))) if (fields !== TRUNCATED) auditedCall(fields);
  }), { numRuns: 20_000 });
});

test.each([
  ['letters', 'a'], ['quotes', '"'], ['open values', 'a="'], ['backslashes', '\\"'], ['fields', 'ab=c '], ['spaces', ' '], ['words', 'abc def '], ['openings', 'type=1326 audit('],
  ['equals signs', '='], ['journal entries', 'audit[1]: SECCOMP '],
])('reads a line of many %s in time that grows with its length', (_, piece) => {
  const time = (length: number) => {
    const line = `type=1326 audit(1.0:1): ${piece.repeat(length / piece.length)}`;
    const begin = process.hrtime.bigint();
    auditFields(line);
    return Number(process.hrtime.bigint() - begin) / 1e6;
  };
  // Were it the square of the length, this would be seconds, and the next minutes.
  expect(time(100_000)).toBeLessThan(500);
  expect(time(2_000_000)).toBeLessThan(2_000);
});
