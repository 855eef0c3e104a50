import { readFileSync } from 'fs';
import { generate as draw, rowsOf } from '../../scripts/draw-terminal';

const DRAWN = draw();

/** What a reader sees of a picture. */
const textOf = (svg: string): string => [...svg.matchAll(/<text [^>]*>(.*)<\/text>/g)]
  .map(([, line]) => line.replace(/<[^>]+>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')).join('\n');

test.each(Object.entries(DRAWN))('tells in %s what it shows, in light and dark, and loads nothing', (_, svg) => {
  expect(svg.length).toBeLessThan(20_000);
  expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">[^<]+<\/title>\n<desc id="desc">[^<]+<\/desc>/);
  expect(svg).toContain('@media (prefers-color-scheme: dark)');
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/\b(href|src|url|@import|script|foreignObject)\b|\bon\w+=/);
  expect(textOf(svg)).not.toMatch(/\u001b/);
});

test('shows what the command prints', () => {
  const lint = textOf(DRAWN['docs/images/lint.svg']);
  expect(lint).toContain('  9:5   error  mixed-endian-architectures       no runtime can load this list: SCMP_ARCH_MIPS is big-endian,');
  expect(lint).toMatch(/\n {2}…\n[^]*\n2 errors, 4 warnings, 2 infos/);
  expect(textOf(DRAWN['docs/images/diagnose.svg'])).toContain('Two causes print this text, and it does not say which:');
  expect(DRAWN['docs/images/lint.svg']).toContain('<tspan class="red">error</tspan>');
});

test('draws something else when the command prints something else', () => {
  const picture = { title: 'a', shown: 'lint a.json', argv: ['lint', 'a.json'] };
  const [one, other] = ['SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO'].map(action => draw({ a: { ...picture, files: { 'a.json': `{ "defaultAction": "${action}" }` } } }).a);
  expect(one).not.toBe(other);
  expect(() => draw({ a: { ...picture, files: {} } })).toThrow('lint a.json ended with 2');
});

test('breaks lines where a terminal does, and keeps the colour', () => {
  const rows = rowsOf(`\u001b[31m${'x'.repeat(150)}\u001b[39m\n\ny\n`);
  expect(rows.map(cells => cells.length)).toStrictEqual([120, 30, 0, 1]);
  expect([rows[1][29], rows[3][0]]).toStrictEqual([['x', 'red'], ['y', '']]);
  expect(() => rowsOf('\u001b[35mx')).toThrow('no class for the colour 35');
});

test.each(['README.md', 'README.zh-CN.md'])('has pictures in %s', readme => {
  const pictures = [...readFileSync(readme, 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+\.svg)\)/g)].map(([, path]) => path);
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter(path => !(path in DRAWN))).toStrictEqual([]);
});
