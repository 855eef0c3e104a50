import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { forEachChild, createSourceFile, isNoSubstitutionTemplateLiteral, isStringLiteral, isTemplateExpression, Node, ScriptTarget } from 'typescript';

/** The first column of the glossary's last table. */
const AVOIDED = readFileSync('docs/glossary.md', 'utf8').split('## Words to avoid')[1]
  .split('\n').flatMap(line => /^\| (?!avoid|---)(.+?) \|/.exec(line)?.[1] ?? []);

/** Texts that somebody else wrote: symptoms quote logs. */
const QUOTING = /^src\/troubleshooting\/diagnosis\/symptoms\//;

interface Text {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The strings and doc comments of a source file. */
function textsOf(file: string, source: string): Text[] {
  const tree = createSourceFile(file, source, ScriptTarget.Latest, true);
  const at = (position: number) => tree.getLineAndCharacterOfPosition(position).line + 1;
  const texts: Text[] = [];
  const visit = (node: Node): void => {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) texts.push({ file, line: at(node.getStart()), text: node.text });
    if (isTemplateExpression(node)) texts.push({ file, line: at(node.getStart()), text: [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('…') });
    forEachChild(node, visit);
  };
  visit(tree);
  for (const comment of source.matchAll(/\/\*\*[^]*?\*\//g)) texts.push({ file, line: at(comment.index), text: comment[0].replace(/\s*\n\s*\*\s?/g, ' ') });
  return texts;
}

function avoided(texts: readonly Text[]): string[] {
  const patterns = AVOIDED.map(word => ({ word, pattern: new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'i') }));
  return texts.flatMap(({ file, line, text }) => patterns.filter(({ pattern }) => pattern.test(text)).map(({ word }) => `${file}:${line} says "${word}"`));
}

/** A doc comment that starts with a clause in place of its subject. */
function clauses(texts: readonly Text[]): string[] {
  return texts.filter(({ text }) => /^\/\*\* *(?:What|Whether|Why|How|Whose|Whom|Of|As|In the order|So)\b/.test(text)).map(({ file, line, text }) => `${file}:${line} begins: ${text.slice(0, 60)}`);
}

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts')).map(name => join('src', name));
const TEXTS = SOURCES.flatMap(file => textsOf(file, readFileSync(file, 'utf8')));

test('prints and documents in the words of the glossary', () => {
  expect(AVOIDED.length).toBeGreaterThan(10);
  expect(TEXTS.length).toBeGreaterThan(3000);
  expect(avoided(TEXTS.filter(({ file }) => !QUOTING.test(file)))).toStrictEqual([]);
});

test('begins doc comments with their subject, or with a verb', () => {
  expect(clauses(TEXTS)).toStrictEqual([]);
});

test('would notice a word to avoid, and a comment that begins with a clause', () => {
  const source = '/** What nobody reads. */\nconst a = `it is ${b} besides`;\n/** The answer. */\nconst c = \'the answer\';\n';
  expect(avoided(textsOf('a.ts', source))).toStrictEqual(['a.ts:2 says "besides"', 'a.ts:1 says "nobody"']);
  expect(clauses(textsOf('a.ts', source))).toStrictEqual(['a.ts:1 begins: /** What nobody reads. */']);
});
