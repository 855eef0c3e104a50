import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

const ENGLISH = readFileSync('README.md', 'utf8');
const CHINESE = readFileSync('README.zh-CN.md', 'utf8');

/** What stands in both languages alike: blocks of code and of output. */
const blocks = (text: string): string[] => [...text.matchAll(/^(?: {4}.*\n)+|^```[^]*?^```$/gm)].map(([block]) => block);
const links = (text: string): string[] => [...text.matchAll(/\]\(([^)#]+)/g)].map(([, target]) => target).sort();
const headings = (text: string): number => text.match(/^#+ /gm)!.length;

test('says the same in both languages', () => {
  expect(blocks(CHINESE)).toStrictEqual(blocks(ENGLISH));
  expect(blocks(ENGLISH).length).toBeGreaterThan(5);
  expect(headings(CHINESE)).toBe(headings(ENGLISH));
  const shared = (text: string, other: string) => links(text).filter(link => link !== other);
  expect(shared(CHINESE, 'README.md')).toStrictEqual(shared(ENGLISH, 'README.zh-CN.md'));
});

test('has no dead link in any document', () => {
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'));
  const documents = ['README.md', 'README.zh-CN.md', ...inDocs.map(name => join('docs', name))];
  const dead = documents.flatMap(document => links(readFileSync(document, 'utf8'))
    .filter(link => !/^https?:/.test(link) && !existsSync(join(dirname(document), link)))
    .map(link => `${document}: ${link}`));
  expect(dead).toStrictEqual([]);
  expect(documents.length).toBeGreaterThan(50);
});
