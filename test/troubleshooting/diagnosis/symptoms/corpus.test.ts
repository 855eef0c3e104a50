import { CORPUS, recognised } from './corpus';
import { SYMPTOMS } from '../../../../src/troubleshooting/diagnosis/symptoms';

/** What containers, kubelets, journals and shells put around a text. */
const WRAPPINGS: readonly (readonly [name: string, wrap: (line: string) => string])[] = [
  ['a time', line => `2026-11-25T17:14:22.123456789Z stderr F ${line}`],
  ['compose', line => `engine-0  | ${line}`],
  ['colours', line => `\u001b[31m${line}\u001b[0m`],
  ['json-file', line => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-25T17:14:22Z' })],
  ['a journal', line => `Nov 25 17:14:22 node-07 containerd[42]: time="2026-11-25T17:14:22Z" level=error msg=${JSON.stringify(line)}`],
  ['a carriage return', line => `${line}\r`],
];

test('holds enough of what people reported, and of what is no symptom', () => {
  expect(CORPUS.recognised.filter(({ from }) => /^https:\/\/github\.com\/.+\/(issues|pull)\/\d+$/.test(from)).length).toBeGreaterThanOrEqual(60);
  expect(CORPUS['passed over'].length).toBeGreaterThanOrEqual(40);
  expect(new Set(CORPUS.recognised.map(({ text }) => text)).size).toBe(CORPUS.recognised.length);
});

test.each(CORPUS.recognised.map(({ expect: id, from, text }) => [id, from, text]))('recognises %s from %s', (id, _, text) => {
  expect(recognised(text)).toStrictEqual([id]);
});

test.each(WRAPPINGS)('recognises every text within %s', (_, wrap) => {
  const missed = CORPUS.recognised.filter(({ expect: id, text }) => recognised(text.split('\n').map(wrap).join('\n')).join() !== id);
  expect(missed.map(({ expect: id, text }) => `${id}: ${text}`)).toStrictEqual([]);
});

test('recognises every text in a line with others around it, as far as one line shows it', () => {
  const filler = 'step 12 of 40 done; '.repeat(1000);
  const missed = CORPUS.recognised.filter(({ text }) => !text.includes('\n')).filter(({ expect: id, text }) => recognised(`${filler}${text} ${filler}`).join() !== id);
  expect(missed.map(({ expect: id, text }) => `${id}: ${text}`)).toStrictEqual([]);
});

test.each(CORPUS['passed over'].map(text => [text]))('passes over %j', text => {
  expect(recognised(text)).toStrictEqual([]);
});

test('passes over the same lines all together, where one could be below another', () => {
  expect(recognised(CORPUS['passed over'].join('\n'))).toStrictEqual([]);
});

test('misses a text when its symptom is not there', () => {
  const missed = CORPUS.recognised.filter(({ expect: id, text }) => recognised(text, SYMPTOMS.filter(symptom => symptom.id !== id)).includes(id));
  expect(missed).toStrictEqual([]);
});
