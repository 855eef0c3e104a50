import { readdirSync } from 'fs';
import { basename, join } from 'path';
import { FIXTURES } from './fixtures';
import { LintSeverity } from '../../src/lint/finding';
import { LintRule } from '../../src/lint/rule';
import { RULES } from '../../src/lint/rules';
import { MANIFEST_RULES } from '../../src/manifests/rules';

const ROOT = join(__dirname, '..', '..');

/** What makes up the rules, as it is found. */
interface Pieces {
  /** What each file in src/lint/rules exports, by its name without `.ts`. */
  readonly files: ReadonlyMap<string, readonly unknown[]>;
  readonly rules: readonly LintRule[];
  /** Names of the files in docs/rules, without `.md`. */
  readonly docs: readonly string[];
  /** Such as `threads-cannot-start/fires-default`. */
  readonly fixtures: readonly string[];
}

const PIECES: Pieces = {
  files: new Map(namesIn('src/lint/rules', '.ts').map(name => [name, Object.values(jest.requireActual<object>(join(ROOT, 'src/lint/rules', name)))])),
  rules: RULES,
  docs: namesIn('docs/rules', '.md').filter(name => name !== 'README' && !MANIFEST_RULES.some(({ id }) => id === name)),
  fixtures: FIXTURES.map(({ name }) => name),
};

function namesIn(directory: string, extension: string): string[] {
  return readdirSync(join(ROOT, directory)).map(file => basename(file, extension));
}

function complaints({ files, rules, docs, fixtures }: Pieces): string[] {
  const ids = rules.map(({ id }) => id);
  const folders = [...new Set(fixtures.map(name => name.split('/')[0]))];
  const fileOf = new Map([...files].flatMap(([file, exported]) => exported.filter(isRule).map(rule => [rule.id, file])));
  const without = (what: string, found: readonly string[]) => ids.filter(id => !found.includes(id)).map(id => `${id} has no ${what}`);
  const beyond = (what: string, found: readonly string[]) => found.filter(id => !ids.includes(id)).map(id => `${what} ${id} belongs to no rule`);
  return [
    ...[...fileOf].filter(([id, file]) => id !== file).map(([id, file]) => `${file}.ts has the rule ${id}`),
    ...[...fileOf.keys()].filter(id => !ids.includes(id)).map(id => `${id} is not in RULES`),
    ...without('file', [...fileOf.keys()]),
    ...without('page', docs), ...beyond('page', docs),
    ...['fires', 'silent'].flatMap(name => without(`${name}.json`, fixtures.filter(each => each.endsWith(`/${name}`)).map(each => each.split('/')[0]))),
    ...beyond('fixture', folders),
    ...fixtures.filter(name => !/\/(fires|silent)(-[a-z0-9-]+)?$/.test(name)).map(name => `${name} neither fires nor is silent`),
    ...ids.filter((id, at) => at > 0 && ids[at - 1] >= id).map(id => `${id} is not in alphabetical order`),
    ...rules.flatMap(textFaults),
  ];
}

function isRule(value: unknown): value is LintRule {
  return typeof value === 'object' && value !== null && 'id' in value && 'check' in value;
}

/** Lower case means no capital where a sentence would have one: SCMP_ACT_NOTIFY may begin a summary. */
function textFaults({ id, severity, summary, why, fix, source }: LintRule): string[] {
  return [
    ...severity === LintSeverity.OFF ? [`${id} is off`] : [],
    ...Object.entries({ summary, why, fix }).filter(([, text]) => text.trim() === '').map(([name]) => `${id} has no ${name}`),
    .../^[A-Z][a-z]/.test(summary) ? [`${id}'s summary begins with a capital`] : [],
    ...Object.entries({ summary, fix }).filter(([, text]) => text.endsWith('.')).map(([name]) => `${id}'s ${name} ends with a full stop`),
    ...why.endsWith('.') ? [] : [`${id}'s why is not a sentence`],
    ...source.startsWith('https://') ? [] : [`${id}'s source is not a link`],
  ];
}

test('has a file, a place in RULES, a page, fixtures and texts for every rule', () => {
  expect(PIECES.files.size).toBeGreaterThan(30);
  expect(complaints(PIECES)).toStrictEqual([]);
});

const [FIRST, SECOND] = RULES;
const without = <T>(values: readonly T[], left: T) => values.filter(value => value !== left);

test.each<[what: string, changed: Partial<Pieces>, complaint: string]>([
  ['a rule that is not in RULES', { rules: without(RULES, FIRST), docs: without(PIECES.docs, FIRST.id), fixtures: PIECES.fixtures.filter(name => !name.startsWith(FIRST.id)) },
    `${FIRST.id} is not in RULES`],
  ['a file without its export', { files: new Map([...PIECES.files, [FIRST.id, []]]) }, `${FIRST.id} has no file`],
  ['a file of another name', { files: new Map([...PIECES.files, [FIRST.id, []], ['other', [FIRST]]]) }, `other.ts has the rule ${FIRST.id}`],
  ['a rule without a page', { docs: without(PIECES.docs, FIRST.id) }, `${FIRST.id} has no page`],
  ['a page without a rule', { docs: [...PIECES.docs, 'gone'] }, 'page gone belongs to no rule'],
  ['a rule without fires.json', { fixtures: without(PIECES.fixtures, `${FIRST.id}/fires`) }, `${FIRST.id} has no fires.json`],
  ['a rule without silent.json', { fixtures: without(PIECES.fixtures, `${FIRST.id}/silent`) }, `${FIRST.id} has no silent.json`],
  ['a fixture without a rule', { fixtures: [...PIECES.fixtures, 'gone/fires'] }, 'fixture gone belongs to no rule'],
  ['a fixture of another name', { fixtures: [...PIECES.fixtures, `${FIRST.id}/wrong`] }, `${FIRST.id}/wrong neither fires nor is silent`],
  ['another order', { rules: [SECOND, FIRST, ...RULES.slice(2)] }, `${FIRST.id} is not in alphabetical order`],
  ['a capital', { rules: [{ ...FIRST, summary: 'An architecture' }, ...RULES.slice(1)] }, `${FIRST.id}'s summary begins with a capital`],
  ['a full stop', { rules: [{ ...FIRST, fix: 'take it out.' }, ...RULES.slice(1)] }, `${FIRST.id}'s fix ends with a full stop`],
  ['no reason', { rules: [{ ...FIRST, why: '' }, ...RULES.slice(1)] }, `${FIRST.id} has no why`],
  ['no source', { rules: [{ ...FIRST, source: 'db.c' }, ...RULES.slice(1)] }, `${FIRST.id}'s source is not a link`],
])('fails with %s', (_, changed, complaint) => {
  expect(complaints({ ...PIECES, ...changed })).toContain(complaint);
});
