/**
 * Prints a log of so many megabytes, of which no two lines are alike: logs.ts KIND MEGABYTES. It is a process of its own, so that what makes the lines does not
 * count, and a gigabyte needs no disk.
 */
import { once } from 'events';

const WORDS = 'INFO WARN request served path /v1/chat/completions tokens prefill decode engine block cache latency ms user batch scheduler worker step rank npu hccl done ok 200'.split(' ');
const PROGRAMS = 200;
/** A word is joined to others once and used many times: making lines must not take longer than reading them. */
const BODIES = 4096;
const LINES = 5000;

let seed = 1;
const random = (below: number) => Math.floor((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff * below);
const bodies = Array.from({ length: BODIES }, () => Array.from({ length: 8 + random(12) }, () => WORDS[random(WORDS.length)]).join(' '));
const ordinary = (index: number) => `2026-11-25T17:14:22.123Z ${bodies[index * 7 % BODIES]} ${index}`;
const record = (index: number) => `[${index}.000001] audit: type=1326 audit(${1_795_000_000 + index}.981:${index}): auid=4294967295 uid=1001 gid=1001 ses=4294967295 `
  + `subj=unconfined pid=${index} comm="program-${index % PROGRAMS}" exe="/usr/bin/python3.11" sig=0 arch=c000003e syscall=${index % 460} compat=0 ip=0x7f4ad5b0cf37 code=0x50000`;

/** Logs by what their lines say. */
export const LOGS = {
  'ordinary lines': ordinary,
  '1 symptom in 1,000 lines': index => index % 1000 === 0 ? `RuntimeError: can't start new thread ${index}` : ordinary(index),
  'a word of a symptom in every line': index => `${ordinary(index)} [thread-${index % 100}] permitted`,
  'symptoms alone': index => `OpenBLAS blas_thread_init: pthread_create failed for thread ${index} of 2: Operation not permitted`,
  '1 audit record in 50 lines': index => index % 50 === 0 ? record(index) : `[${index}.000001] eth0: ${bodies[index % BODIES]}, number ${index}`,
  'audit records alone': record,
  'one line without an end': ordinary,
} as const satisfies Readonly<Record<string, (index: number) => string>>;

export type LogKind = keyof typeof LOGS;

async function print(kind: LogKind, megabytes: number): Promise<void> {
  const end = kind === 'one line without an end' ? ' ' : '\n';
  for (let [bytes, index] = [0, 0]; bytes < megabytes * 1e6; index += LINES) {
    const text = Array.from({ length: LINES }, (_, at) => LOGS[kind](index + at) + end).join('');
    if (!process.stdout.write(text, 'latin1')) await once(process.stdout, 'drain');
    bytes += text.length;
  }
}

if (require.main === module) void print(process.argv[2] as LogKind, Number(process.argv[3]));
