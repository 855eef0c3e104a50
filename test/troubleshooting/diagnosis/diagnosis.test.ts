import * as fc from 'fast-check';
import { CORPUS } from './symptoms/corpus';
import { Diagnosis } from '../../../src/troubleshooting/diagnosis/diagnosis';
import { patternsOf } from '../../../src/troubleshooting/diagnosis/pattern';
import { CauseId, Confidence } from '../../../src/troubleshooting/diagnosis/symptom';
import { SYMPTOMS } from '../../../src/troubleshooting/diagnosis/symptoms';

const PYTHON = "RuntimeError: can't start new thread";
const EPERM = 'OpenBLAS blas_thread_init: pthread_create failed for thread 1 of 2: Operation not permitted';
const EAGAIN = 'OpenBLAS blas_thread_init: pthread_create failed for thread 1 of 2: Resource temporarily unavailable';
const REJECTED = '[129398.233826] cgroup: fork rejected by pids controller in /kubepods.slice/pod1';
const probe = (verdict: string) => `{"probe":"thread-probe/1","node":"node-07","mode":"RuntimeDefault","libc":"glibc 2.39","unseen":[],"verdict":"${verdict}"}`;

function diagnosed(lines: Iterable<string>) {
  const diagnosis = new Diagnosis();
  let number = 0;
  for (const line of lines) diagnosis.read(line, 'log', ++number);
  return diagnosis.findings;
}

const of = (id: string, lines: readonly string[]) => diagnosed(lines).find(({ symptom }) => symptom.id === id)!;
const judged = (lines: readonly string[]) => of('python-cannot-start-thread', lines).causes.map(({ id, confidence, evidence }) => [id, confidence, evidence?.symptom]);

test('says of one text with two causes that both are possible', () => {
  expect(judged([PYTHON])).toStrictEqual([
    [CauseId.SECCOMP_DENIES_THREADS, Confidence.POSSIBLE, undefined], [CauseId.PIDS_LIMIT, Confidence.POSSIBLE, undefined],
  ]);
});

test.each<[what: string, line: string, cause: CauseId, by: string]>([
  ['another program that names EPERM', EPERM, CauseId.SECCOMP_DENIES_THREADS, 'openblas-thread-eperm'],
  ['another program that names EAGAIN', EAGAIN, CauseId.PIDS_LIMIT, 'openblas-thread-eagain'],
  ['the kernel', REJECTED, CauseId.PIDS_LIMIT, 'pids-limit-reached'],
])('finds the likelier of two causes by %s', (_, line, cause, by) => {
  for (const lines of [[PYTHON, line], [line, PYTHON]]) {
    const [first, ...others] = judged(lines);
    expect(first).toStrictEqual([cause, Confidence.LIKELY, by]);
    expect(others.map(([, confidence]) => confidence)).toStrictEqual([Confidence.POSSIBLE]);
  }
});

test('decides nothing where two lines contradict each other', () => {
  expect(judged([PYTHON, EPERM, EAGAIN]).map(([, confidence]) => confidence)).toStrictEqual([Confidence.POSSIBLE, Confidence.POSSIBLE]);
  expect(judged([PYTHON, probe('clone3-denied'), probe('pids-limit')]).map(([, confidence]) => confidence)).toStrictEqual([Confidence.POSSIBLE, Confidence.POSSIBLE]);
});

test.each([
  ['clone3-denied', CauseId.SECCOMP_DENIES_THREADS, 'probe-clone3-denied'],
  ['clone-denied', CauseId.SECCOMP_DENIES_THREADS, 'probe-clone-denied'],
  ['killed', CauseId.SECCOMP_DENIES_THREADS, 'probe-killed'],
  ['pids-limit', CauseId.PIDS_LIMIT, 'probe-limit-reached'],
  ['unseen-limit', CauseId.PIDS_LIMIT, 'probe-limit-reached'],
])('names the one cause by a probe that measured %s, whatever texts say', (verdict, cause, by) => {
  expect(judged([PYTHON, EPERM, EAGAIN, probe(verdict)])).toStrictEqual([[cause, Confidence.CERTAIN, by]]);
  expect(of(by, [probe(verdict)]).subjects).toStrictEqual(['node-07, RuntimeDefault, glibc 2.39']);
});

test('holds the limit for likely where a probe could start threads', () => {
  expect(judged([PYTHON, probe('falls-back')])).toStrictEqual([
    [CauseId.PIDS_LIMIT, Confidence.LIKELY, 'probe-threads-start'], [CauseId.SECCOMP_DENIES_THREADS, Confidence.POSSIBLE, undefined],
  ]);
});

test('tells EPERM from EAGAIN in every text of a thread, or says what decides', () => {
  const threads = SYMPTOMS.filter(({ calls, id }) => calls?.includes('clone3') && !id.startsWith('probe-') && id !== 'apt-invalid-signature');
  expect(threads.length).toBeGreaterThan(20);
  const undecided = threads.filter(({ proves }) => !proves);
  expect(undecided.filter(({ check }) => !check.includes('syscall(435, 0, 0)'))).toStrictEqual([]);
  const wrong = threads.filter(({ id, proves }) => proves && (/eagain|limit/.test(id) ? proves !== CauseId.PIDS_LIMIT : proves !== CauseId.SECCOMP_DENIES_THREADS));
  expect(wrong).toStrictEqual([]);
});

test('makes one finding of ten thousand lines, with the first, the last and the count', () => {
  const lines = Array.from({ length: 30_000 }, (_, at) => at % 3 === 0 ? `${at} ${PYTHON}` : 'step done');
  const [finding, ...others] = diagnosed(lines);
  expect(others).toStrictEqual([]);
  expect(finding).toMatchObject({ count: 10_000, first: { file: 'log', line: 1 }, last: { file: 'log', line: 29_998 }, text: `0 ${PYTHON}` });
});

test('remembers so many cases of a symptom, and counts the others', () => {
  const lines = Array.from({ length: 30 }, (_, at) => `cannot load seccomp profile "/s/${at}.json": open /s/${at}.json: no such file or directory`);
  const [finding] = diagnosed([...lines, ...lines.slice(0, 5)]);
  expect(finding.subjects).toStrictEqual(Array.from({ length: 10 }, (_, at) => `/s/${at}.json`));
  expect(finding).toMatchObject({ count: 35, otherSubjects: 20 });
});

test('leaves out what is general where something says more', () => {
  const general = '    Reason:       CreateContainerError';
  expect(diagnosed([general]).map(({ symptom }) => symptom.id)).toStrictEqual(['create-container-error']);
  const missing = 'Error: cannot load seccomp profile "/s/x.json": open /s/x.json: no such file or directory';
  expect(diagnosed([general, missing]).map(({ symptom }) => symptom.id)).toStrictEqual(['profile-file-missing']);
});

test('says of an audit record which call it was, and of a torn one that there is one', () => {
  const record = 'audit: type=1326 audit(1795457898.981:5): auid=1 uid=0 gid=0 ses=1 pid=9 comm="python3" exe="/usr/bin/python3" sig=0 arch=c00000b7 syscall=435 compat=0 ip=0x7f code=0x50000';
  expect(of('audit-record', [record]).subjects).toStrictEqual(['clone3 on AARCH64: ERRNO, python3']);
  expect(of('audit-record', [record.slice(0, 60)]).subjects).toStrictEqual([]);
});

test('shows of a long line what stands around the symptom', () => {
  const { text } = of('python-cannot-start-thread', [`${'x '.repeat(20_000)}${PYTHON}${' y'.repeat(20_000)}`]);
  expect(text).toContain(PYTHON);
  expect(text.length).toBeLessThan(210);
});

test('forgets a line that is too far above', () => {
  const above = "terminate called after throwing an instance of 'std::system_error'";
  const below = '  what():  Operation not permitted';
  const ids = (gap: number) => diagnosed([above, ...Array.from({ length: gap }, () => 'x'), below]).map(({ symptom }) => symptom.id);
  expect(ids(3)).toStrictEqual(['cpp-thread-eperm']);
  expect(ids(30)).toStrictEqual([]);
});

const LONG = 64 * 1024;
/** Lines that have everything of a text but its end, again and again. */
const HOSTILE = SYMPTOMS.flatMap(patternsOf).flatMap(({ pieces }) => [pieces.join(' '), ...pieces, ...pieces.map(piece => piece.slice(0, -1)), `1${pieces.join('1')}1`])
  .map(text => text.repeat(Math.ceil(LONG / (text.length || 1))).slice(0, LONG));

test('reads long lines that almost say something in a time in proportion to them', () => {
  expect(HOSTILE.length).toBeGreaterThan(500);
  const diagnosis = new Diagnosis();
  let slowest = { milliseconds: 0, line: '' };
  for (const [number, line] of HOSTILE.entries()) {
    const begin = performance.now();
    diagnosis.read(line, 'log', number + 1);
    const milliseconds = performance.now() - begin;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, line: line.slice(0, 80) };
  }
  expect(slowest.milliseconds < 400 ? 'fast' : slowest).toBe('fast');
});

test('takes any text, whole or in pieces, and never fails', () => {
  const words = fc.constantFrom(...CORPUS.recognised.map(({ text }) => text), ...CORPUS['passed over'], ...HOSTILE.slice(0, 40).map(line => line.slice(0, 300)));
  const mangled = fc.tuple(words, fc.nat(200), fc.nat(200), fc.string({ unit: 'binary', maxLength: 20 }))
    .map(([text, from, length, between]) => text.slice(0, from) + between + text.slice(from + length));
  fc.assert(fc.property(fc.array(fc.oneof(words, mangled, fc.string({ unit: 'binary' })), { maxLength: 12 }), lines => {
    const findings = diagnosed(lines);
    expect(findings.every(({ count, causes, text }) => count > 0 && causes.length > 0 && text.length <= 202)).toBe(true);
  }), { numRuns: 500 });
});
