import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments, stringify } from 'yaml';
import { execute } from './scenario';
import { Io } from '../../src/cli/io';
import { random } from '../seeded-random';

const CHARTS = join(__dirname, '../manifests/charts');
const FIXTURES = join(__dirname, '../manifests/rules/fixtures');
const directory = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(directory, { recursive: true }));

const charts = readdirSync(CHARTS).map(file => readFileSync(join(CHARTS, file), 'utf8'));
const resources: any[] = [
  ...charts,
  ...readdirSync(FIXTURES).flatMap(rule => readdirSync(join(FIXTURES, rule)).map(file => readFileSync(join(FIXTURES, rule, file), 'utf8'))),
].flatMap(text => parseAllDocuments(text, { merge: true }).map(document => document.toJS())).filter(Boolean);

/** What is found on standard input, but for the places. */
function found(text: string, io: Partial<Io> = {}): string[] {
  const { stdout, stderr } = execute(['check', '--format', 'json', '-'], directory, { stdin: () => text, ...io });
  expect(stderr).toBe('');
  return JSON.parse(stdout).findings.map(({ line: _, column: __, length: ___, ...rest }: any) => JSON.stringify(rest)).sort();
}

/** `- ` before the first line of an item, two spaces before the others. */
const listItem = (resource: any) => `- ${stringify(resource).replace(/\n(?=.)/g, '\n  ')}`;
const list = (items: any[]) => ({ apiVersion: 'v1', kind: 'List', items });
const FORMS: Record<string, (all: any[]) => string> = {
  'YAML documents': all => all.map(each => stringify(each)).join('---\n'),
  'YAML documents with CRLF and a byte order mark': all => `\ufeff${all.map(each => stringify(each)).join('---\n').replace(/\n/g, '\r\n')}`,
  'YAML documents that end': all => all.map(each => `---\n${stringify(each)}...\n# between\n`).join(''),
  'a YAML List': all => stringify(list(all)),
  'a YAML List as kubectl prints it': all => `apiVersion: v1\nitems:\n${all.map(listItem).join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`,
  'JSON documents': all => all.map(each => JSON.stringify(each, undefined, 2)).join('\n'),
  'JSON documents on one line': all => all.map(each => JSON.stringify(each)).join(''),
  'JSON documents as kubectl takes them': all => all.map(each => JSON.stringify(each)).join('\n---\n'),
  'a JSON List': all => JSON.stringify(list(all), undefined, 4),
  'a List of Lists': all => JSON.stringify(list([list(all.slice(0, 9)), list(all.slice(9))])),
};
const expected = found(FORMS['JSON documents'](resources));

test('finds enough to compare', () => expect(expected.length).toBeGreaterThan(100));

test.each(Object.keys(FORMS))('says the same of %s', form => {
  expect(found(FORMS[form](resources))).toStrictEqual(expected);
});

test.each(Object.keys(FORMS))('says the same of %s, wherever it is cut', form => {
  const bytes = Buffer.from(FORMS[form](resources.slice(0, 25)));
  const whole = found(bytes.toString());
  for (const size of [1, 4096]) {
    const pick = random(size);
    const stdinChunks = function*() {
      for (let at = 0, next; at < bytes.length; at = next) {
        next = at + 1 + pick(size);
        yield bytes.subarray(at, next);
      }
    };
    expect(found('', { stdinChunks })).toStrictEqual(whole);
  }
});

describe('a list that is too large for one resource', () => {
  const many = Array.from({ length: 700 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, annotations: { note: `${'x'.repeat(4000)}\n- no item\nkind: none\n---\n` } },
    spec: { containers: [{ name: 'app', image: 'app:1.0.0' }] },
  }));
  const one = found(FORMS['JSON documents'](many));

  test.each(['a YAML List', 'a YAML List as kubectl prints it', 'a JSON List'])('is judged item by item: %s', form => {
    const text = FORMS[form](many);
    expect(text.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(one).toHaveLength(700);
    expect(found(text)).toStrictEqual(one);
  });

  test('says where each item stands', () => {
    for (const form of ['a YAML List as kubectl prints it', 'a JSON List']) {
      const text = FORMS[form](many);
      const { findings } = JSON.parse(execute(['check', '--format', 'json', '-'], directory, { stdin: () => text }).stdout);
      const lines = text.split('\n');
      expect(findings).toHaveLength(700);
      for (const { line, column } of findings) expect(lines[line - 1].slice(column - 1)).toMatch(/^(name: app|\{)/);
    }
  });

  test('does not hide an item that is broken, nor those beside it', () => {
    const text = FORMS['a YAML List as kubectl prints it'](many).replace('name: pod-350', 'name: [pod-350').replace('name: pod-690', 'name: pod-690\n      name: twice');
    const { status, stdout, stderr } = execute(['check', '--format', 'json', '-'], directory, { stdin: () => text });
    expect({ status, findings: JSON.parse(stdout).findings.length, errors: stderr.trim().split('\n').length }).toStrictEqual({ status: 2, findings: 698, errors: 2 });
  });
});

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: app }\nspec: { containers: [{ name: app, image: app }] }\n';
const JSON_POD = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"app"},"spec":{"containers":[{"name":"app","image":"app"}]}}';
const aliases = 'abcdefghij'.split('').map((name, at, all) => `${name}: &${name} [${at === 0 ? 'x, x' : Array(9).fill(`*${all[at - 1]}`).join()}]`).join('\n');

describe('fails on one document, and judges the other:', () => {
  test.each<[what: string, file: string, bad: string, message: RegExp]>([
    ['keys that appear twice', 'yaml', 'a: 1\na: 2\n---\n', /^x\.yaml:2:1: "a" appears twice/],
    ['JSON keys that appear twice', 'json', '{ "kind": "A",\n "kind": "B" }\n', /^x\.json:2:2: "kind" appears twice/],
    ['aliases of aliases', 'yaml', `${aliases}\n---\n`, /^x\.yaml:1:1: not YAML: excessive alias count/],
    ['an alias of nothing', 'yaml', 'a: *b\n---\n', /^x\.yaml:1:1: not YAML: unresolved alias/],
    ['a hundred thousand brackets', 'yaml', `${'['.repeat(100_000)}\n---\n`, /^x\.yaml:1:1: nested too deeply to be read/],
    ['a hundred thousand objects', 'json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}\n`, /^x\.json:1:1: nested too deeply to be read/],
    ['a bad escape', 'yaml', 'a: "\\q"\n---\n', /^x\.yaml:1:5: not YAML: invalid escape/],
    ['a template of Helm', 'yaml', '{{- if .Values.a }}\nkind: Pod\n{{- end }}\n---\n', /^x\.yaml:1:\d+: not YAML/],
    ['more that is closed than opened', 'json', '}]\n', /^x\.json:1:1: not JSON: value expected/],
    ['a tab', 'yaml', 'a:\n\tb: 1\n---\n', /^x\.yaml:2:1: not YAML/],
  ])('%s', (_, extension, bad, message) => {
    const file = `x.${extension}`;
    writeFileSync(join(directory, file), bad + (extension === 'json' ? JSON_POD : POD));
    const { status, stdout, stderr } = execute(['check', '--format', 'json', file], directory);
    expect(stderr.replace(/^cdk8s-seccomp: /, '')).toMatch(message);
    expect({ status, workloads: JSON.parse(stdout).workloads }).toStrictEqual({ status: 2, workloads: 1 });
  });

  test('bytes that are not UTF-8', () => {
    writeFileSync(join(directory, 'x.yaml'), Buffer.concat([Buffer.from(`${POD}---\nkind: A\na: "`), Buffer.from([0xff]), Buffer.from(`"\n---\n${POD}`)]));
    const { status, stdout, stderr } = execute(['check', '--format', 'json', 'x.yaml'], directory);
    expect({ status, workloads: JSON.parse(stdout).workloads, stderr }).toStrictEqual({ status: 2, workloads: 2, stderr: 'cdk8s-seccomp: x.yaml:7: not UTF-8\n' });
  });

  test.each(['{"kind":"List","items":[%,{"a":[', '{"kind":"List","items":[% %]}', '{"kind":"List","items":[%]'])('a list like %s', text => {
    const { status, stdout, stderr } = execute(['check', '--format', 'json', '-'], directory, { stdin: () => text.replace(/%/g, JSON_POD) });
    expect(JSON.parse(stdout).workloads).toBeGreaterThan(0);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cdk8s-seccomp: stdin:1:\d+: not JSON/);
  });
});

describe('takes', () => {
  test.each<[what: string, text: string, workloads: number]>([
    ['nothing but marks and comments between documents', `\ufeff%YAML 1.2\n---\n---\n# c\n--- # d\n${POD}...\n# e\n---\r\n${POD}---\t\n--- {kind: A}\n...\n...\n`, 2],
    ['a document on the line of its mark', `--- ${JSON.stringify(JSON.parse(JSON_POD))}\n`, 1],
    ['marks inside of texts', `kind: A\na: |\n  ---\n  kind: Pod\nb: "x\n  --- y"\n---\n${POD}`, 1],
    ['a text of 1 MB', `kind: A\na: "${'x'.repeat(1_000_000)}"\n---\n${POD}`, 1],
    ['a JSON text of 1 MB with brackets in it', `{"kind":"A","a":"${'\\"]}'.repeat(250_000)}"}${JSON_POD}`, 1],
    ['60,000 keys', `kind: A\nb:\n${Array.from({ length: 60_000 }, (_, index) => `  k${index}: v\n`).join('')}---\n${POD}`, 1],
    ['names of prototypes', JSON_POD.replace('"spec":{', '"spec":{"__proto__":{"securityContext":{"seccompProfile":{"type":"RuntimeDefault"}}},'), 1],
    ['the list of an API server, whose items do not say what they are', `{"kind":"PodList","apiVersion":"v1","items":[${JSON_POD.replace('"apiVersion":"v1","kind":"Pod",', '')}]}`, 1],
  ])('%s', (_, text, workloads) => {
    const begin = Date.now();
    const { status, stdout, stderr } = execute(['check', '--format', 'json', '-'], directory, { stdin: () => text });
    expect({ status, stderr, workloads: JSON.parse(stdout).workloads, warnings: JSON.parse(stdout).warnings }).toStrictEqual({ status: 0, stderr: '', workloads, warnings: workloads });
    // Comparing each key with all others took a minute.
    expect(Date.now() - begin).toBeLessThan(20_000);
  });
});

test('meets values of wrong types with nothing but findings', () => {
  const wrong = [null, 3, 'text', [], [null], {}, true];
  const skeleton = JSON.stringify(parseAllDocuments(charts.join('\n---\n'), { merge: true }).map(document => document.toJS()).filter(Boolean));
  const places = [...skeleton.matchAll(/"[A-Za-z]+":/g)].map(({ index, 0: key }) => index + key.length);
  const pick = random(1);
  for (let round = 0; round < 100; round++) {
    const value = JSON.stringify(wrong[pick(wrong.length)]);
    const items: any[] = JSON.parse(skeleton, (() => {
      let count = pick(places.length);
      return (_: string, each: unknown) => count-- === 0 ? JSON.parse(value) : each;
    })());
    if (!Array.isArray(items)) continue;
    const { status, stderr } = execute(['check', '-'], directory, { stdin: () => JSON.stringify(list(items)) });
    expect({ status: status < 2, stderr }).toStrictEqual({ status: true, stderr: '' });
  }
});
