/** The fields of a seccomp record as written in a log. */
export interface AuditFields {
  /** Time and serial number, such as `1795457898.981:5`, or a date from a tool; undefined if journald has left it out. */
  readonly stamp?: string;
  /** Token of the ABI in hexadecimal, or a name from a tool; undefined before Linux 3.16. */
  readonly arch?: string;
  readonly syscall: string;
  /** `1` if the ABI of the call is not the native one. */
  readonly compat?: string;
  readonly code: string;
  readonly sig?: string;
  /** Name of the thread, with its quotes; in hexadecimal if it has none. */
  readonly comm?: string;
  /** Path of the program, with its quotes; in hexadecimal if it has none. */
  readonly exe?: string;
}

/** A record without its call or its action: it was cut on the way to the log. */
export const TRUNCATED = 'truncated';

/**
 * Beginning of a record. The kernel writes `type=1326 audit(…):`, auditd `type=SECCOMP msg=audit(…):`, an auditd older than its kernel
 * `type=UNKNOWN[1326]`, and journald `audit[42]: SECCOMP` without time and serial number.
 */
const BEGIN = /type=(?:1326|SECCOMP|UNKNOWN\[1326\]) (?:msg=)?audit\(([^)]{0,64})(?:\) ?:|\)? ?$)|audit(?:\[\d{1,10}\])?: (?:SECCOMP|<audit-1326>) /g;
/** A text in every record and in few other lines. */
const MARK = 'audit';

/** The fields in the kernel's order: one match for all of them takes a third of the time. */
const USUAL = new RegExp(' comm=("[^"]*"|[^ "]+) exe=("[^"]*"|[^ "]+) sig=(\\d+) arch=([0-9a-f]+) syscall=(-?\\d+) '
  + 'compat=(\\d) ip=0x[0-9a-f]+ code=(0x[0-9a-f]+)');

/**
 * A field and its value, which ends where the next field begins: labels of AppArmor have spaces. auditd adds fields in capitals after the byte 1d.
 * In JSON, quotes have a backslash.
 */
const FIELD = /\b([a-z]{2,8})=("[^"]*"|\\"[^"]*"|[^ \u001d]*(?: (?![a-z]{2,8}=)[^ \u001d]*)*)/g;

/** A complete code: the kernel masks the low 16 bits of an action, so a code in which they are not 0 has lost its end. */
const WHOLE_CODE = /^(?:0x(?:0$|0[^0-9a-f]|[0-9a-f]{1,4}0000(?![0-9a-f]))|[a-z])/;

const NONE: readonly never[] = [];

/**
 * Reads the seccomp records in a line of a log: none in most lines, one in others, several if lines ran into each other.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/kernel/auditsc.c
 */
export function auditFields(line: string): readonly (AuditFields | typeof TRUNCATED)[] {
  if (!line.includes(MARK)) return NONE;
  BEGIN.lastIndex = 0;
  const records: (AuditFields | typeof TRUNCATED)[] = [];
  for (let begin = BEGIN.exec(line); begin;) {
    const from = BEGIN.lastIndex;
    const next = line.includes(MARK, from) ? BEGIN.exec(line) : null;
    records.push(read(begin[1], next ? line.slice(from, next.index) : line.slice(from)));
    begin = next;
  }
  return records;
}

function read(stamp: string | undefined, text: string): AuditFields | typeof TRUNCATED {
  const usual = USUAL.exec(text);
  if (usual) {
    const [, comm, exe, sig, arch, syscall, compat, code] = usual;
    return WHOLE_CODE.test(code) ? { stamp, arch, syscall, compat, code, sig, comm, exe } : TRUNCATED;
  }
  let arch, syscall, compat, code, sig, comm, exe: string | undefined;
  FIELD.lastIndex = 0;
  for (let field = FIELD.exec(text); field; field = FIELD.exec(text)) {
    const value = field[2];
    switch (field[1]) {
      case 'arch': arch ??= value; break;
      case 'syscall': syscall ??= value; break;
      case 'compat': compat ??= value; break;
      case 'code': code ??= value; break;
      case 'sig': sig ??= value; break;
      case 'comm': comm ??= value; break;
      case 'exe': exe ??= value; break;
    }
  }
  return syscall && code && WHOLE_CODE.test(code) ? { stamp, arch, syscall, compat, code, sig, comm, exe } : TRUNCATED;
}
