import { actionOf, AdvisedCount, AuditReport, changesOf, recordsOf, timesOf, formatTime } from './report';
import { FoundProfile } from '../documents/found-profile';

/** Prints every count with the answer of the profile, for programs. */
export function formatAuditJson(report: AuditReport): string {
  const { counts, truncated, loss, found } = report;
  const { uncounted, ...records } = recordsOf(report);
  const calls = counts.map(count => callOf(count, found));
  return `${JSON.stringify({ ...records, unsorted: uncounted, torn: truncated, ...timesOf(report), calls, changes: found && changesOf(report), loss }, undefined, 2)}\n`;
}

function callOf({ call, count, first, last, advice }: AdvisedCount, found?: FoundProfile): object {
  const { name, number, architecture, written, comm, exe, signal } = call;
  return {
    count,
    syscall: name,
    number,
    architecture: architecture?.value,
    ...architecture ? {} : { arch: written.arch },
    action: actionOf(call),
    comm,
    exe,
    signal,
    first: first === undefined ? undefined : formatTime(first),
    last: last === undefined ? undefined : formatTime(last),
    profile: advice && {
      nodes: advice.nodes?.map(String),
      agrees: advice.agreement,
      answer: advice.decision.kind,
      action: advice.decision.action?.value,
      errno: advice.decision.errno,
      reason: advice.decision.reason,
      path: advice.decision.path,
      ...advice.decision.path === undefined ? {} : found!.place(advice.decision.path),
    },
  };
}
