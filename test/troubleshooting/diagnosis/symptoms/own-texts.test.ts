import { readFileSync } from 'fs';
import { join } from 'path';
import { SYMPTOMS } from '../../../../src/troubleshooting/diagnosis/symptoms';

const ROOT = join(__dirname, '..', '..', '..', '..');
const SCRIPTS = ['install-profiles.sh', 'profile-record.sh', 'node-mark.sh'].map(name => readFileSync(join(ROOT, 'assets', name), 'utf8')).join('\n').replace(/\\"/g, '"');
const PROBE = readFileSync(join(ROOT, 'assets/thread-probe.py'), 'utf8');

/** `error: ` and `"message":"` come from the functions that log; a file's name from a variable. */
function said(text: string): string {
  return text.replace(/^error: |^"message":"|^: |^json /, '').replace(/changed$/, '');
}

test('looks for what the installer says', () => {
  const texts = SYMPTOMS.filter(({ id }) => id.startsWith('installer-')).flatMap(symptom => symptom.texts).map(text => said(String(text)));
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.filter(text => !SCRIPTS.includes(text))).toStrictEqual([]);
});

test('looks for every verdict of the probe, and for no other', () => {
  const texts = SYMPTOMS.filter(({ id }) => id.startsWith('probe-')).flatMap(symptom => symptom.texts);
  const known = texts.map(text => /"verdict":"([a-z0-9-]+)"$/.exec(String(text))![1]).sort();
  const body = PROBE.slice(PROBE.indexOf('def verdict('), PROBE.indexOf('def is_reached('));
  const quoted = [...body.matchAll(/(?:return|else|0:|None:|seccomp"\], )\s*"([a-z0-9-]+)"/g)].map(([, verdict]) => verdict);
  expect(known).toStrictEqual([...new Set([...quoted, 'unfiltered'])].sort());
});

test('knows a text that nobody says', () => {
  expect(SCRIPTS.includes(said('error: no such text'))).toBe(false);
});
