import { readdirSync } from 'fs';
import { basename, join } from 'path';
import { MANIFEST_FIXTURES } from './fixtures';
import { RULES } from '../../../src/lint/rules';
import { ManifestRule } from '../../../src/manifests/rule';
import { MANIFEST_RULES } from '../../../src/manifests/rules';

const ROOT = join(__dirname, '..', '..', '..');
const namesIn = (directory: string, extension: string) => readdirSync(join(ROOT, directory)).map(file => basename(file, extension));

/** What makes up the rules, as it is found. */
interface Pieces {
  /** Names of the rules that each file in src/manifests/rules exports. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly rules: readonly ManifestRule[];
  readonly docs: readonly string[];
  /** Such as `seccomp-unset/fires-null`. */
  readonly fixtures: readonly string[];
}

const PIECES: Pieces = {
  files: new Map(namesIn('src/manifests/rules', '.ts').map(name => [
    name, Object.values(jest.requireActual<Record<string, ManifestRule>>(join(ROOT, 'src/manifests/rules', name))).map(({ id }) => id),
  ])),
  rules: MANIFEST_RULES,
  docs: namesIn('docs/rules', '.md'),
  fixtures: MANIFEST_FIXTURES.map(({ name }) => name),
};

function complaints({ files, rules, docs, fixtures }: Pieces): string[] {
  const ids = rules.map(({ id }) => id);
  const isMissing = (name: string) => ids.filter(id => !fixtures.includes(`${id}/${name}`)).map(id => `${id} has no ${name}.yaml`);
  return [
    ...[...files].filter(([file, exported]) => exported.join() !== file).map(([file]) => `${file}.ts does not export the rule ${file} alone`),
    ...[...files.keys()].filter(file => !ids.includes(file)).map(file => `${file} is not in MANIFEST_RULES`),
    ...ids.filter(id => !docs.includes(id)).map(id => `${id} has no page`),
    ...isMissing('fires'), ...isMissing('silent'),
    ...fixtures.filter(name => !ids.includes(name.split('/')[0])).map(name => `fixture ${name} belongs to no rule`),
    ...fixtures.filter(name => !/\/(fires|silent)(-[a-z0-9-]+)?$/.test(name)).map(name => `${name} neither fires nor is silent`),
    ...ids.filter((id, at) => at > 0 && ids[at - 1] >= id).map(id => `${id} is not in alphabetical order`),
    ...ids.filter(id => RULES.some(rule => rule.id === id)).map(id => `${id} is a rule of lint`),
    ...rules.flatMap(textFaults),
  ];
}

function textFaults({ id, summary, why, fix, source, check, note, conclude }: ManifestRule): string[] {
  return [
    .../^[A-Z][a-z]/.test(summary) ? [`${id}'s summary begins with a capital`] : [],
    ...Object.entries({ summary, fix }).filter(([, text]) => text.trim() === '' || text.endsWith('.')).map(([name]) => `${id}'s ${name} is empty or ends with a full stop`),
    ...why.endsWith('.') ? [] : [`${id}'s why is not a sentence`],
    ...source.startsWith('https://') ? [] : [`${id}'s source is not a link`],
    ...(check || note) && !note === !conclude ? [] : [`${id} concludes nothing from what it notes`],
  ];
}

test('has a file, a place in MANIFEST_RULES, a page, fixtures and texts for every rule', () => {
  expect(complaints(PIECES)).toStrictEqual([]);
});

const [FIRST, SECOND] = MANIFEST_RULES;

test.each<[what: string, changed: Partial<Pieces>, complaint: string]>([
  ['a file without its rule', { files: new Map([...PIECES.files, [FIRST.id, []]]) }, `${FIRST.id}.ts does not export the rule ${FIRST.id} alone`],
  ['a rule that is nowhere', { files: new Map([...PIECES.files, ['other', ['other']]]) }, 'other is not in MANIFEST_RULES'],
  ['a rule without a page', { docs: [] }, `${FIRST.id} has no page`],
  ['a rule without fires.yaml', { fixtures: PIECES.fixtures.filter(name => name !== `${FIRST.id}/fires`) }, `${FIRST.id} has no fires.yaml`],
  ['a rule without silent.yaml', { fixtures: PIECES.fixtures.filter(name => name !== `${FIRST.id}/silent`) }, `${FIRST.id} has no silent.yaml`],
  ['a fixture without a rule', { fixtures: [...PIECES.fixtures, 'gone/fires'] }, 'fixture gone/fires belongs to no rule'],
  ['a fixture of another name', { fixtures: [...PIECES.fixtures, `${FIRST.id}/wrong`] }, `${FIRST.id}/wrong neither fires nor is silent`],
  ['another order', { rules: [SECOND, FIRST, ...MANIFEST_RULES.slice(2)] }, `${FIRST.id} is not in alphabetical order`],
  ['the id of a rule of lint', { rules: [{ ...FIRST, id: RULES[0].id }] }, `${RULES[0].id} is a rule of lint`],
  ['a full stop', { rules: [{ ...FIRST, fix: 'take it out.' }] }, `${FIRST.id}'s fix is empty or ends with a full stop`],
  ['no source', { rules: [{ ...FIRST, source: 'validation.go' }] }, `${FIRST.id}'s source is not a link`],
  ['a note without a conclusion', { rules: [{ ...FIRST, note: () => [] }] }, `${FIRST.id} concludes nothing from what it notes`],
])('fails with %s', (_, changed, complaint) => {
  expect(complaints({ ...PIECES, ...changed })).toContain(complaint);
});
