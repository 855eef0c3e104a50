import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { inspect } from 'util';
import * as fc from 'fast-check';
import { CORE_SCHEMA, load, mergeTag, YAML11_SCHEMA } from 'js-yaml';
import { yamlTexts } from './yaml-texts';
import { QuickYaml, quickYaml } from '../../../src/cli/documents/quick-yaml';
import { readWholeYaml } from '../../../src/cli/documents/whole-yaml';
import { readYamlPiece } from '../../../src/cli/documents/yaml-document';
import { yamlPieces } from '../../../src/cli/documents/yaml-pieces';
import { runs } from '../../property-runs';

// More of them, or others: PROPERTY_SCALE=100 YAML_SEED=2 npx jest quick-yaml
const RUNS = runs(500);
const SEED = Number(process.env.YAML_SEED ?? 1);
const LONGEST_MS = 60_000 + RUNS * 20;

type Read = (text: string) => Pick<QuickYaml, 'value'> | undefined;

const pieceOf = (text: string) => ({ text, line: 1, column: 1 });
const show = (value: unknown) => inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null });

/** What `yaml` says of a text: its value, types and order of keys included, or its error. */
function judgement(text: string): string {
  try {
    return show(readWholeYaml(pieceOf(text))?.value);
  } catch (error) {
    return `error: ${(error as Error).message}`;
  }
}

function* pathsIn(value: unknown, keys: readonly string[] = []): Iterable<readonly string[]> {
  yield keys;
  yield [...keys, 'none'];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* pathsIn(child, [...keys, key]);
}

/** Whether it was read quickly, and if so, not as `yaml` does. */
function compare(text: string, read: Read = quickYaml): 'declined' | 'same' | 'other' {
  const quick = read(text);
  if (!quick) return 'declined';
  return show(quick.value) === judgement(text) ? 'same' : 'other';
}

function expectSamePlaces(text: string): void {
  const [piece, whole] = [readYamlPiece(pieceOf(text))!, readWholeYaml(pieceOf(text))!];
  for (const keys of pathsIn(whole.value)) expect({ keys, ...piece.locate(keys) }).toStrictEqual({ keys, ...whole.locate(keys) });
}

test(`reads ${RUNS} texts as yaml does, values and places, or leaves them to it`, () => {
  const counts = { declined: 0, same: 0, other: 0 };
  fc.assert(fc.property(yamlTexts, text => {
    const outcome = compare(text);
    counts[outcome]++;
    if (outcome === 'other') expect(show(quickYaml(text)!.value)).toBe(judgement(text));
    if (outcome === 'same') expectSamePlaces(text);
  }), { numRuns: RUNS, seed: SEED });
  // Too few of them would prove nothing.
  expect(counts.same).toBeGreaterThan(RUNS / 10);
}, LONGEST_MS);

test.each([['YAML 1.1', YAML11_SCHEMA], ['js-yaml', CORE_SCHEMA.withTags(mergeTag)]] as const)('sees what the schema of %s makes different', (_, schema) => {
  const read: Read = text => {
    try {
      return quickYaml(text) && { value: load(text, { schema }) as object };
    } catch {
      return undefined;
    }
  };
  expect(fc.sample(yamlTexts, { numRuns: 1000, seed: SEED }).map(text => compare(text, read))).toContain('other');
});

function textsBelow(directory: string): [name: string, text: string][] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(name => !name.includes('node_modules')).flatMap(name => {
    const read = () => readFileSync(join(directory, name), 'utf8');
    const parts = (pattern: RegExp) => [...read().matchAll(pattern)].map(([, text]) => text);
    const texts = /\.ya?ml$/.test(name) ? [read()]
      : name.endsWith('.scenario') ? parts(/^==== (?:file|after) .*\.ya?ml\n((?:(?!==== ).*\n)*)/gm)
        : name.endsWith('.md') ? parts(/^```ya?ml.*\n([^]*?)^```/gm) : [];
    return texts.map((text): [string, string] => [name, text]);
  });
}

test('reads what is in the repository as yaml does, most of it quickly', () => {
  const texts = ['docs', 'test', 'examples'].flatMap(textsBelow);
  const pieces = texts.flatMap(([name, text]) => [...yamlPieces([text])].map(piece => ({ name, text: piece.text })));
  const outcomes = pieces.map(piece => ({ ...piece, outcome: compare(piece.text) }));
  expect(outcomes.filter(({ outcome }) => outcome === 'other')).toStrictEqual([]);
  const quick = outcomes.filter(({ outcome }) => outcome === 'same');
  quick.forEach(({ text }) => expectSamePlaces(text));
  const valid = outcomes.filter(({ text }) => !/^(error|undefined|null)/.test(judgement(text)));
  expect(quick.length).toBeGreaterThan(100);
  expect(quick.length / valid.length).toBeGreaterThan(0.8);
});

const nested = (depth: number) => `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;

test.each([
  ['an anchor', 'a: &b 1\n'], ['an alias', 'a: &b [1]\nc: *b\n'], ['a tag', 'a: !!str 1\n'], ['a merge key', 'a:\n  <<: { b: 1 }\n'], ['a directive', '%YAML 1.1\n---\na: yes\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'], ['an end of a document', 'a: 1\n...\n'], ['a single scalar', 'a\n'], ['nothing', '# a\n'],
  ['a key that is no text', '1: a\n'], ['a key that is a list', '[a]: b\n'], ['a key that is there already', 'a: 1\na: 2\n'], ['a prototype', '__proto__: { a: 1 }\n'],
  ['a long key', `${'a'.repeat(1030)}: 1\n`], ['a key of many escapes', `"${'\\x41'.repeat(300)}": 1\n`], ['a key before many spaces', `a${' '.repeat(1030)}: 1\n`],
  ['a tab before a line', 'a:\n\tb\n'], ['a carriage return alone', 'a: 1\rb: 2\n'], ['a byte order mark', '\ufeffa: 1\n'], ['an escape beyond Unicode', 'a: "\\U80000041"\n'],
  ['a start of a document that is indented', ' ---\n- a\n'], ['spaces behind the last line', 'a: |+\n '], ['a block that gives its indentation', 'a: |1-\n   b\n  \n'], ['a list that ends in the middle of a line', 'a:\n- \'b\' c: d\n'], ['what is nested deeply', nested(200)], ['an error', 'a: [\n'],
])('leaves %s to yaml', (_, text) => {
  expect(quickYaml(text)).toBeUndefined();
});

test('reads quickly what manifests are made of', () => {
  const text = '# comment\n---\nkind: Pod # comment\nspec:\n  containers:\n  - name: "a\\n"\n    command: [ \'it\'\'s\', "\\u00e9" ]\n    args:\n      - |\n        more\n\n      - >-\n        one\n        line\n'
    + 'numbers: [0, -1, 0o17, 0x1F, 9007199254740993, 1.50, 1e3, -.inf]\nothers: { empty: , none: ~, on: yes, is: True, "<": plain\n  text }\n';
  const pod = { containers: [{ name: 'a\n', command: ['it\'s', 'é'], args: ['more\n', 'one line'] }] };
  const numbers = [0n, -1n, 15n, 31n, 9007199254740993n, 1.5, 1000, -Infinity];
  expect(quickYaml(text)?.value).toStrictEqual({ kind: 'Pod', spec: pod, numbers, others: { 'empty': null, 'none': null, 'on': 'yes', 'is': true, '<': 'plain text' } });
  expect(compare(text)).toBe('same');
  expectSamePlaces(text);
  // With Windows' ends of lines.
  expect(compare(text.replaceAll('\n', '\r\n'))).toBe('same');
});

test('finds the first item of a list without the list', () => {
  const piece = { text: '- kind: Pod\n  spec: {}\n', line: 7, column: 1, isWrapped: true };
  const { value, locate } = readYamlPiece(piece)!;
  expect(value).toStrictEqual({ kind: 'Pod', spec: {} });
  expect(locate(['spec'])).toStrictEqual({ line: 8, column: 9, length: 1 });
  expect(locate(['spec'])).toStrictEqual(readWholeYaml(piece)!.locate(['spec']));
});

test('refuses aliases of aliases of aliases', () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${[1, 2, 3, 4, 5, 6, 7, 8].map(n => `a${n}: &a${n} [${Array(9).fill(`*a${n - 1}`).join(', ')}]\n`).join('')}`;
  expect(() => readYamlPiece(pieceOf(bomb))).toThrow('not YAML: excessive alias count indicates a resource exhaustion attack');
});

test('fails for a text nested too deeply for the stack', () => {
  expect(() => readYamlPiece(pieceOf(nested(100_000)))).toThrow(RangeError);
});
