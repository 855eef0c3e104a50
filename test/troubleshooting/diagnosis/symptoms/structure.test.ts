import { readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';
import { CORPUS, recognised } from './corpus';
import { RULES } from '../../../../src/lint/rules';
import { MANIFEST_RULES } from '../../../../src/manifests/rules';
import { Confidence, Symptom } from '../../../../src/troubleshooting/diagnosis/symptom';
import { SYMPTOMS } from '../../../../src/troubleshooting/diagnosis/symptoms';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** What makes up the symptoms, as it is found. */
interface Pieces {
  /** The symptoms that each file in src/troubleshooting/diagnosis/symptoms exports, by its name without `.ts`. */
  readonly families: ReadonlyMap<string, readonly Symptom[]>;
  readonly symptoms: readonly Symptom[];
  /** Ids of the rows of docs/symptoms.md. */
  readonly rows: readonly string[];
  /** Ids that the corpus has texts for. */
  readonly texts: readonly string[];
}

const DIRECTORY = join(ROOT, 'src/troubleshooting/diagnosis/symptoms');
const DOCS = readFileSync(join(ROOT, 'docs/symptoms.md'), 'utf8');
const PIECES: Pieces = {
  families: new Map(readdirSync(DIRECTORY).map(file => [basename(file, '.ts'), Object.values<Symptom[]>(jest.requireActual(join(DIRECTORY, file))).flat()])),
  symptoms: SYMPTOMS,
  rows: [...DOCS.matchAll(/^\| <a id="([^"]+)">/gm)].map(([, id]) => id),
  texts: [...new Set(CORPUS.recognised.map(({ expect: id }) => id))],
};

function complaints({ families, symptoms, rows, texts }: Pieces): string[] {
  const ids = symptoms.map(({ id }) => id);
  const written = [...families.values()].flat().map(({ id }) => id);
  const without = (what: string, found: readonly string[]) => ids.filter(id => !found.includes(id)).map(id => `${id} has no ${what}`);
  const beyond = (what: string, found: readonly string[]) => found.filter(id => !ids.includes(id)).map(id => `${what} ${id} belongs to no symptom`);
  return [
    ...[...families].filter(([, own]) => own.length === 0).map(([file]) => `${file}.ts has no symptom`),
    ...written.filter((id, at) => written.indexOf(id) !== at).map(id => `${id} is there twice`),
    ...written.filter(id => !ids.includes(id)).map(id => `${id} is not in SYMPTOMS`),
    ...without('family', written),
    ...without('row', rows), ...beyond('row', rows),
    ...without('text in the corpus', texts), ...beyond('text', texts),
    ...ids.filter((id, at) => at > 0 && ids[at - 1] >= id).map(id => `${id} is not in alphabetical order`),
    ...symptoms.flatMap(faults),
  ];
}

function faults(symptom: Symptom): string[] {
  const { id, summary, texts, causes, check, source, proves } = symptom;
  const words = { summary, check, ...Object.fromEntries(causes.flatMap(({ cause, remedy }, at) => [[`cause ${at}`, cause], [`remedy ${at}`, remedy]])) };
  const order = causes.map(({ confidence }) => Object.values(Confidence).indexOf(confidence));
  return [
    ...texts.length === 0 ? [`${id} has no text`] : [],
    ...causes.length === 0 ? [`${id} has no cause`] : [],
    ...Object.entries(words).filter(([, text]) => text.trim() === '').map(([name]) => `${id} has no ${name}`),
    ...Object.entries(words).filter(([, text]) => text.endsWith('.')).map(([name]) => `${id}'s ${name} ends with a full stop`),
    ...Object.entries(words).filter(([, text]) => /^[A-Z][a-z]+ /.test(text) && !/^(Python|Node|Ruby|Open|Pod|Seccomp)/.test(text)).map(([name]) => `${id}'s ${name} begins with a capital`),
    ...order.some((rank, at) => at > 0 && rank < order[at - 1]) ? [`${id}'s causes are not in order`] : [],
    ...causes.length > 1 && causes[0].confidence === Confidence.CERTAIN ? [`${id} is certain of one cause and has another`] : [],
    ...proves && !causes.some(cause => cause.id === proves) && !symptom.isMeasured ? [`${id} proves what is none of its causes`] : [],
    ...source.startsWith('https://') ? [] : [`${id}'s source is not a link`],
  ];
}

test('has a family, a place in SYMPTOMS, a row, a text in the corpus and words for every symptom', () => {
  expect(PIECES.families.size).toBeGreaterThan(5);
  expect(SYMPTOMS.length).toBeGreaterThan(80);
  expect(complaints(PIECES)).toStrictEqual([]);
});

test('recognises each text of each symptom, and the symptom by it', () => {
  const missed = SYMPTOMS.flatMap(symptom => symptom.texts.map(text => {
    const lines = typeof text === 'string' ? text : `${text.after}\n${text.text}`;
    return recognised(lines.replace(/…/g, ' x ')).includes(symptom.id) ? '' : `${symptom.id}: ${lines}`;
  })).filter(Boolean);
  expect(missed).toStrictEqual([]);
});

test('speaks of rules, commands and classes that there are', () => {
  const words = SYMPTOMS.flatMap(({ check, causes }) => [check, ...causes.flatMap(({ cause, remedy }) => [cause, remedy])]).join('\n');
  const rules = new Set([...RULES, ...MANIFEST_RULES].map(({ id }) => id));
  const named = [...words.matchAll(/(?:finds|as|under|prints for|:) ([a-z]+(?:-[a-z0-9]+)+)(?![\w-])/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(id => !rules.has(id))).toStrictEqual([]);
  const api = readFileSync(join(ROOT, 'API.md'), 'utf8');
  const classes = [...words.matchAll(/\b((?:Seccomp|Mindie|NodeGate|Admission)[A-Za-z]*)\b/g)].map(([, name]) => name).filter(name => name !== 'Seccomp' && name !== 'SeccompSecured');
  expect(classes.length).toBeGreaterThan(20);
  expect([...new Set(classes)].filter(name => !api.includes(`\n### ${name}\n`))).toStrictEqual([]);
});

const [FIRST, SECOND] = SYMPTOMS;
const without = <T>(values: readonly T[], left: T) => values.filter(value => value !== left);

test.each<[what: string, changed: Partial<Pieces>, complaint: string]>([
  ['a symptom that is not in SYMPTOMS', { symptoms: without(SYMPTOMS, FIRST), rows: without(PIECES.rows, FIRST.id), texts: without(PIECES.texts, FIRST.id) },
    `${FIRST.id} is not in SYMPTOMS`],
  ['a file without symptoms', { families: new Map([...PIECES.families, ['other', []]]) }, 'other.ts has no symptom'],
  ['a symptom of no family', { families: new Map([...PIECES.families].map(([file, own]) => [file, without(own, FIRST)])) }, `${FIRST.id} has no family`],
  ['a symptom in two families', { families: new Map([...PIECES.families, ['other', [FIRST]]]) }, `${FIRST.id} is there twice`],
  ['a symptom without a row', { rows: without(PIECES.rows, FIRST.id) }, `${FIRST.id} has no row`],
  ['a row without a symptom', { rows: [...PIECES.rows, 'gone'] }, 'row gone belongs to no symptom'],
  ['a symptom without a text in the corpus', { texts: without(PIECES.texts, FIRST.id) }, `${FIRST.id} has no text in the corpus`],
  ['a text of no symptom', { texts: [...PIECES.texts, 'gone'] }, 'text gone belongs to no symptom'],
  ['another order', { symptoms: [SECOND, FIRST, ...SYMPTOMS.slice(2)] }, `${FIRST.id} is not in alphabetical order`],
  ['a full stop', { symptoms: [{ ...FIRST, check: 'look.' }, ...SYMPTOMS.slice(1)] }, `${FIRST.id}'s check ends with a full stop`],
  ['no cause', { symptoms: [{ ...FIRST, causes: [] }, ...SYMPTOMS.slice(1)] }, `${FIRST.id} has no cause`],
  ['no source', { symptoms: [{ ...FIRST, source: 'seccomp.c' }, ...SYMPTOMS.slice(1)] }, `${FIRST.id}'s source is not a link`],
])('fails with %s', (_, changed, complaint) => {
  expect(complaints({ ...PIECES, ...changed })).toContain(complaint);
});
