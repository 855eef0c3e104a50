import { between } from './pattern';
import { Symptom } from './symptom';
import { abiWord } from '../../syscalls/abis';
import { auditFields, TRUNCATED } from '../audit/line';
import { auditedCall } from '../audit/record';
import { readLogLine } from '../probe/line';

const AUDIT = 'audit-record';

/** Returns the case that a line of a symptom is about: the path of a missing file, the call of an audit record, node and mode of a probe. */
export function subjectOf({ id, subject, isMeasured }: Symptom, text: string): string | undefined {
  if (id === AUDIT) return auditSubject(text);
  const { result } = isMeasured ? readLogLine(text.replace(/\\"/g, '"')) : { result: undefined };
  if (result) return [result.node, result.mode, result.libc].filter(Boolean).join(', ');
  return subject && between(text, subject);
}

/** Returns a short text for the audit record in a line: `clone3 on X86_64: ERRNO, python3`. */
function auditSubject(line: string): string | undefined {
  const fields = auditFields(line).find(each => each !== TRUNCATED);
  if (!fields) return undefined;
  const { name, number, architecture, action, comm, written } = auditedCall(fields);
  const where = (architecture && abiWord(architecture.value)) ?? `arch ${written.arch}`;
  const what = action?.value.replace('SCMP_ACT_', '') ?? `code ${written.code}`;
  return `${name ?? `call ${number ?? written.syscall}`} on ${where}: ${what}${comm ? `, ${comm}` : ''}`;
}
