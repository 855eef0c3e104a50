import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { stringify } from 'yaml';
import { execute, readScenario } from './scenario';

const TEST = join(__dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'doors-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A finding about a profile: where the profile is, and what is said of it. */
interface Said {
  readonly file: string;
  readonly profile: string;
  readonly finding: string;
}

type Door = (names: readonly string[], options?: readonly string[]) => readonly Said[];

const said = (file: string, profile: string, { rule, severity, message, line, column, length }: any, path: string): Said =>
  ({ file, profile, finding: JSON.stringify({ rule, severity, message, path, line, column, length }) });
const inOrder = (all: Said[]) => all.sort((one, other) => JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

function printed(command: string, names: readonly string[], options: readonly string[]): any {
  const { stdout } = execute([command, '--format', 'json', ...options, ...names], directory);
  return stdout === '' ? {} : JSON.parse(stdout);
}

const lint: Door = (names, options = []) => inOrder((printed('lint', names, options).profiles ?? [])
  .flatMap(({ file, resource, findings }: any) => findings.map((each: any) => said(file, resource ?? 'the file', each, each.path))));

const check: Door = (names, options = []) => inOrder((printed('check', names, options).findings ?? [])
  .filter(({ profilePath }: any) => profilePath !== undefined)
  .map((each: any) => said(each.file, profileName(each), each, each.profilePath)));

/** As `lint` names it. */
function profileName({ resource: { kind, namespace, name }, path }: any): string {
  if (kind === '') return 'the file';
  const [, quoted, plain] = /^(?:data|binaryData)(?:\[(.+)\]|\.(.+))$/.exec(path) ?? [];
  const key = quoted === undefined ? plain : String(JSON.parse(quoted));
  return [`${kind} ${namespace ? `${namespace}/` : ''}${name || 'without a name'}`, ...key === undefined ? [] : [key]].join(', ');
}

function write(name: string, text: string | Buffer): string {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
  return name;
}

function filesBelow(place: string): [name: string, text: string][] {
  return readdirSync(join(TEST, place), { recursive: true, encoding: 'utf8' }).sort().filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => [name, readFileSync(join(TEST, place, name), 'utf8')]);
}

const profiles = filesBelow('lint/fixtures').map(([name, text]): [string, string] => [name.replace(/[\\/]/g, '.'), text]);
/** Every profile is in two or three of the forms. */
const half = (form: number) => profiles.filter((_, index) => (index + form) % 2 === 0);
const wrap = (form: number, field: string, keyOf: (name: string) => string, valueOf: (text: string) => string) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'all', namespace: 'seccomp' }, [field]: Object.fromEntries(half(form).map(([name, text]) => [keyOf(name), valueOf(text)])) });
const asIs = (text: string) => text;
const withoutExtension = (name: string) => name.replace(/\.json$/, '');
const CONFIG_MAPS: Record<string, [name: string, text: string]> = {
  'a block of YAML, under keys that end with .json': ['block.yaml', stringify(wrap(0, 'data', asIs, asIs), { lineWidth: 0 })],
  'a string of JSON, under keys without an extension': ['string.json', JSON.stringify(wrap(1, 'data', withoutExtension, asIs), undefined, 2)],
  'quotes of YAML, under keys in upper case': ['quotes.yaml', `${JSON.stringify(wrap(0, 'data', name => name.toUpperCase(), asIs))}\n`],
  'binaryData, in a List': ['binary.yaml', stringify({ apiVersion: 'v1', kind: 'List', items: [wrap(1, 'binaryData', asIs, text => Buffer.from(text).toString('base64'))] })],
  'a ConfigMapList of an API server': ['list.json', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMapList', items: [wrap(0, 'data', name => `${withoutExtension(name)}.amd64.json`, asIs)] })],
};

/** For speed. */
const ONE_TARGET = ['--target', 'node=amd64,runtime=runc@1.1.5,libc=glibc@2.39'];

test.each(Object.keys(CONFIG_MAPS))('finds the same profiles by lint and check in %s', form => {
  const [name, text] = CONFIG_MAPS[form];
  const found = lint([write(name, text)], ONE_TARGET);
  expect(new Set(found.map(({ profile }) => profile)).size).toBeGreaterThan(profiles.length * 0.35);
  expect(check([name], ONE_TARGET)).toStrictEqual(found);
});

test('finds the same in profiles by themselves', () => {
  const names = profiles.map(([name, text]) => write(`alone/${name}`, text));
  const found = lint(names);
  expect(new Set(found.map(({ file }) => file)).size).toBeGreaterThan(profiles.length * 0.8);
  expect(check(names)).toStrictEqual(found);
});

test('finds the same in manifests, and in the files of all scenarios', () => {
  const scenarios = readdirSync(join(__dirname, 'scenarios')).filter(name => name.endsWith('.scenario')).flatMap(scenario => {
    const { files, stdin } = readScenario(join(__dirname, 'scenarios', scenario));
    return [...files, ...stdin === '' ? [] : [['stdin.input', stdin] as const]].map(([name, text]): [string, string] => [`${scenario}/${name}`, text]);
  });
  const names = [...filesBelow('manifests'), ...scenarios].map(([name, text]) => write(`all/${name}`, text));
  const found = lint(names, ONE_TARGET);
  expect(new Set(found.map(({ file }) => file)).size).toBeGreaterThan(30);
  expect(check(names, ONE_TARGET)).toStrictEqual(found);
});

const PROFILE = '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["moumt"], "action": "SCMP_ACT_ERRNO" }] }';
const map = (key: string, text: string, field = 'data') => JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, [field]: { [key]: text } });
const operator = (fields: object, version = 'v1beta1') =>
  JSON.stringify({ apiVersion: `security-profiles-operator.x-k8s.io/${version}`, kind: 'SeccompProfile', metadata: { name: 'a' }, ...fields });

test.each<[what: string, text: string, rule: string]>([
  ['names of fields in another case', map('app.json', '{"DefaultAction":"SCMP_ACT_ALLOW","Syscalls":[{"Names":["moumt"],"Action":"SCMP_ACT_ERRNO"}]}'), 'unknown-syscall'],
  ['names of fields with escapes', map('app', '{"default\\u0041ction":"SCMP_ACT_ALLOW","syscall\\u0073":[{"names":["moumt"],"action":"SCMP_ACT_ERRNO"}]}'), 'unknown-syscall'],
  ['a broken text under a key without an extension', map('app', '{"defaultAction":"SCMP_ACT_ERRNO", }'), 'invalid-profile'],
  ['a broken text whose fields are in another case', map('app', '{"DEFAULTACTION":"SCMP_ACT_ERRNO", }'), 'invalid-profile'],
  ['a text that is cut at its beginning', map('app.JSON', '"SCMP_ACT_ALLOW", "syscalls": []}'), 'invalid-profile'],
  ['a comment before a profile', map('app', `// ours\n${PROFILE}`), 'invalid-profile'],
  ['a byte order mark before a profile', map('app', `\ufeff${PROFILE}`), 'invalid-profile'],
  ['a key that appears twice in a profile', map('app', '{"defaultAction":"SCMP_ACT_ALLOW","defaultAction":"SCMP_ACT_ERRNO"}'), 'invalid-profile'],
  ['a profile with a kind', map('app', '{"kind":"Profile","defaultAction":"SCMP_ACT_ALLO"}'), 'invalid-profile'],
  ['syscalls that are no list', map('app', '{"syscalls":{"names":["clone3"]}}'), 'invalid-profile'],
  ['a profile in YAML', map('app.yaml', 'defaultAction: SCMP_ACT_ERRNO\nsyscalls: []\n'), 'invalid-profile'],
  ['a profile in UTF-16, as PowerShell writes it', map('app.json', Buffer.from(`\ufeff${PROFILE}`, 'utf16le').toString('base64'), 'binaryData'), 'invalid-profile'],
  ['binaryData', map('app', Buffer.from(PROFILE).toString('base64'), 'binaryData'), 'unknown-syscall'],
  ['a profile of the operator', operator({ spec: JSON.parse(PROFILE) }), 'unknown-syscall'],
  ['a profile of the operator that is no object', operator({ spec: 'app' }), 'invalid-profile'],
  ['a profile of the operator without a specification', operator({}, 'v1'), 'invalid-profile'],
  ['a file with a kind', '{"kind":"Profile","defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["moumt"],"action":"SCMP_ACT_ERRNO"}]}', 'unknown-syscall'],
  ['a file with an apiVersion', '{"apiVersion":"v1","defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["moumt"],"action":"SCMP_ACT_ERRNO"}]}', 'unknown-syscall'],
  ['a file in YAML', 'defaultAction: SCMP_ACT_ERRNO\n', 'invalid-profile'],
  ['a file with a byte order mark', `\ufeff${PROFILE}`, 'invalid-profile'],
])('finds by lint and check: %s', (_, text, rule) => {
  write('odd', text);
  const found = lint(['odd']);
  expect(found.map(({ finding }) => JSON.parse(finding).rule)).toContain(rule);
  expect(check(['odd'])).toStrictEqual(found);
});

test.each<[what: string, text: string]>([
  ['a resource inside of a ConfigMap', map('app.json', operator({ spec: JSON.parse(PROFILE) }))],
  ['a field of such a name deeper in a text', map('dashboard.json', '{"panels":[{"syscalls":[],"defaultAction":"show"}]}')],
  ['a script', map('run.sh', '#!/bin/sh\n{ echo defaultAction; }\n')],
  ['values of a chart', 'kind: Values\nsyscalls: true\n'],
])('finds no profile by lint nor check in %s', (_, text) => {
  write('none', text);
  expect([...lint(['none']), ...check(['none'])]).toStrictEqual([]);
});

test('fails both on a file that goes on behind a profile', () => {
  write('more.json', `${PROFILE}\n${PROFILE}\n`);
  const message = 'cdk8s-seccomp: more.json:2:1: not JSON: end of file expected\n';
  expect(['lint', 'check'].map(command => execute([command, 'more.json'], directory)).map(({ status, stderr }) => ({ status, stderr })))
    .toStrictEqual([{ status: 2, stderr: message }, { status: 2, stderr: message }]);
});

test('would notice a profile, a finding or a place that one of the two does not have', () => {
  const [name, text] = CONFIG_MAPS['a string of JSON, under keys without an extension'];
  const found = lint([write(name, text)], ONE_TARGET);
  const [first] = Object.keys(JSON.parse(text).data);
  write(name, text.replace(JSON.stringify(first), JSON.stringify(`${first}-other`)));
  expect(check([name], ONE_TARGET)).not.toStrictEqual(found);
  write(name, text);
  expect(check([name], [...ONE_TARGET, '--suppress', 'unknown-syscall=control'])).not.toStrictEqual(found);
  write(name, ` ${text}`);
  expect(check([name], ONE_TARGET)).toStrictEqual(found);
  write(name, `\n${text}`);
  expect(check([name], ONE_TARGET)).not.toStrictEqual(found);
});
