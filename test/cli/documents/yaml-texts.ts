import * as fc from 'fast-check';

/** Writes a value behind `key:` or `-`; what it is indented by is known only then. */
type Write = (indentation: string) => string;

const PLAIN = [
  'a', 'app', 'RuntimeDefault', 'b c', 'x: y', 'a:b', 'a #b', 'a#b', 'http://host:80/x?y=1&z', '-a', '- a', '-', '--', '---', '...', '?', '? a', '?a', ':', ':a', '%a', '@a', '`a', '!', '&', '*', '|', '>',
  '0', '-0', '+0', '1', '-1', '+12', '007', '0o7', '0o8', '0O7', '-0o7', '0x1F', '0X1F', '0xg', '-0x1', '0b1', '1_000', '1,000', '1:30', '9007199254740993', '123456789012345678901234567890',
  '1.', '.5', '-.5', '+.5', '1.5', '1.50', '1.2.3', '1e3', '1E+3', '1.e-3', '.5e3', 'e3', '1e', '-0.0', '.', '-.', '+', '.inf', '-.Inf', '+.INF', '.iNF', 'inf', '.nan', '.NaN', '-.nan', 'NaN',
  'true', 'True', 'TRUE', 'tRUE', 'false', 'False', 'FALSE', 'yes', 'Yes', 'no', 'on', 'Off', 'y', 'n', 'null', 'Null', 'NULL', 'nULL', '~', '~a', '', 'nil', 'undefined', '2001-12-14', '2001-12-14t21:59:43.10-05:00',
  '<<', '=', '__proto__', 'constructor', 'toString', 'length', '0123', '1e400', 'é', '日本', '😀', '\ufeff', 'a\ufeffb', '\u00a0', 'a\u0085b', 'a\u2028b', '\u0001', '\u007f', '\ud800', 'a\tb', 'a\\b', "it's", 'a"b', '"', "'", '{', '}', '[', ']',
  'a{b', 'a,b', '{a}', '[a]', '{{ a }}', '${A}', 'x'.repeat(1100), '# a', '#a', 'a: ', 'a:', 'a :b', "'a' b", '"a" b', '"a":b', '&a b', '*a', '!t a', '!!str 1', '!!int "1"', '!<tag:yaml.org,2002:str> 1', '! 1',
];
const DOUBLE = [
  '', 'a', ' a ', '\\n', '\\t', '\\x41', '\\u00e9', '\\U0001F600', '\\uD83D\\uDE00', '\\uD800', '\\U00110000', '\\U80000041', '\\0', '\\e', '\\_', '\\N', '\\L', '\\P', '\\/', '\\\\', '\\"', '\\q', '\\x4', '\\\t', '\t', '#', ': ', '- a', '---', '{', "'", '😀', '\u0085', '\ufeff', '\u0001',
];
const SINGLE = ['', 'a', ' a ', "''", '\\n', '"', '#', ': ', '---', '...', '{', '\t', '😀', '\u2028'];
const LINES = ['', 'a', 'b c', '  more', ' x', '   ', '\tx', 'x\t', '# a', '- a', 'k: v', '---', '...', '--- a', 'a  ', '{"a": 1}', '\\', '😀', 'a\u0085b', '\t'];
const ENDS = ['', '', '', ' ', '  # comment', ' #', '\t', '\t# comment', '#a', '\n', '\n# comment', '\n  # deep comment', '\n\n', ' \n   \n'];

const { constantFrom: from } = fc;
const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) => fc.oneof({ weight: 24, arbitrary: usual }, { weight: 1, arbitrary: odd });
const NAMES = ['a', 'b', 'name', 'type', 'k8s.io/x', 'v1', 'Pod', 'some text'];
const word = often(from(...NAMES, '8080'), from(...PLAIN));
const end = often(fc.constant(''), from(...ENDS));
const lines = fc.array(from(...LINES), { maxLength: 5 });

const quoted = (quote: string, parts: readonly string[]): fc.Arbitrary<Write> =>
  fc.array(fc.tuple(from(...parts), often(fc.constant(''), from('break', 'blank', 'escaped', 'short'))), { maxLength: 3 }).map(all => indentation => {
    const breaks: Readonly<Record<string, string>> = { break: `\n${indentation} `, blank: ` \n \t\n${indentation}  `, escaped: `\\\n${indentation} `, short: '\n' };
    return ` ${quote}${all.map(([part, after]) => part + (breaks[after] ?? '')).join('')}${quote}`;
  });

const plain: fc.Arbitrary<Write> = often(
  word.map((text): Write => () => ` ${text}`),
  fc.tuple(fc.array(word, { minLength: 2, maxLength: 3 }), often(from('\n', '\n\n', '\n \n'), from('\n# c\n', '\n\t')))
    .map(([words, between]): Write => indentation => ` ${words.join(`${between}${indentation} `)}`),
);

const block: fc.Arbitrary<Write> = fc.tuple(from('|', '>'), from('', '', '-', '+', '2', '1-', '+2', '9', '0', '|'), from(' ', '  ', '    ', ''), lines, from('\n', '', '\n\n', '\n  \n', ' # c\n'))
  .map(([style, header, indentation, texts, last]) => outer => ` ${style}${header}\n${texts.map(text => (text && outer + indentation + text)).join('\n')}${last}`);

const properties = often(fc.constant(''), from(' &a', ' !t', ' !!str', ' !!map', ' !!seq', ' &a !!str', '\n  &b'));
const alias: fc.Arbitrary<Write> = from(() => ' *a', () => ' *b', () => ' *a # c');

const key = often(from(...NAMES), from(
  ...PLAIN,
  '? a\n', '"a"', "'a'", '"a\\tb"', '""', '"<<"', '<<', '1', '0x1', '1.0', 'null', '~', 'true', '[a]', '{a: b}', '&a k', '*a', '*a ', '!!str 1', '? ', '? |\n  a\n', '"a\n b"', 'a\n b', '- a', '', '-1', '"1"', `"${'y'.repeat(1030)}"`,
));

type Parts = {
  node: Write;
  flow: string;
  item: [dash: string, write: Write, end: string];
  items: Write;
  entry: [key: string, colon: string, write: Write, end: string];
  entries: Write;
};

const { node, items, entries } = fc.letrec<Parts>(tie => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: plain },
    { weight: 1, arbitrary: fc.oneof(quoted('"', DOUBLE), quoted("'", SINGLE)) },
    { weight: 1, arbitrary: block },
    { weight: 1, arbitrary: fc.tuple(properties, fc.oneof(plain, alias, tie('entries'))).map(([property, write]): Write => indentation => property + write(indentation)) },
    { weight: 1, arbitrary: tie('flow').map((text): Write => indentation => ` ${text.replaceAll('\n', `\n${indentation} `)}`) },
    { weight: 4, arbitrary: tie('items') },
    { weight: 6, arbitrary: tie('entries') },
  ),
  flow: fc.oneof({ maxDepth: 3 },
    word.filter(text => !/[\n]/.test(text)),
    from('"a"', "'a b'", '"a\n b"', 'a\nb', '*a', '&a b', '!t a', '', '1', 'null', '""', '- a', '"a":b', 'a: b'),
    fc.tuple(fc.array(tie('flow'), { maxLength: 4 }), from(', ', ',', ' , ', ',\n', ', # c\n', ',,'), from('', ' ', ',', '\n')).map(([all, between, last]) => `[${all.join(between)}${last}]`),
    fc.tuple(fc.array(fc.tuple(fc.oneof(key, tie('flow')), from(': ', ':', ' : ', ':\n', ' '), tie('flow')), { maxLength: 4 }), from(', ', ',', ',\n', '\n'), from('', ' ', ',', '\n'))
      .map(([all, between, last]) => `{${all.map(each => each.join('')).join(between)}${last}}`),
  ),
  item: fc.tuple(often(fc.constant('-'), from('- ', '-  ', '-\t', '-\n', '- -', '- - ')), tie('node'), end),
  items: fc.tuple(fc.array(tie('item'), { minLength: 1, maxLength: 3 }), from('', '  ', '    ', ' '), often(fc.constant(false), fc.constant(true)))
    .map(([all, step, isInline]) => indentation => {
      const own = indentation + step;
      const texts = all.map(([dash, write, after]) => `${dash}${behindDash(write(`${own}  `), own)}${after}`);
      return isInline ? ` ${texts.join(`\n${indentation}`)}` : `\n${own}${texts.join(`\n${own}`)}`;
    }),
  entry: fc.tuple(key, often(fc.constant(':'), from(' :', ':\t', '', ': &a', ':\n')), tie('node'), end),
  entries: fc.tuple(
    often(fc.uniqueArray(tie('entry'), { minLength: 1, maxLength: 4, selector: ([name]) => name }), fc.array(tie('entry'), { maxLength: 4 })),
    from('  ', '  ', '    ', ' '), often(fc.constant(false), fc.constant(true)),
  ).map(([all, step, isInline]) => indentation => {
    const own = indentation + step;
    const texts = all.map(([name, colon, write, after]) => `${name}${colon}${write(own)}${after}`);
    return isInline ? ` ${texts.join(`\n${indentation}`)}` : `\n${own}${texts.join(`\n${own}`)}`;
  }),
}));

/** The first line of a map or a list may stand behind the dash, where its others stand. */
function behindDash(text: string, indentation: string): string {
  return text.replace(/^\n( +)/, (_, spaces: string) => ' '.repeat(Math.max(1, spaces.length - indentation.length - 1)));
}

type Edit = [where: number, removed: number, added: string];
const edit: fc.Arbitrary<Edit> = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 2 }), from('', ' ', '\n', '\t', ':', '- ', '#', ' #', '"', "'", '  ', '\n\n', '\r', '\r\n', '\ufeff', '\0', '---\n', '\n...\n', '|', '{', ']', ',', '&a ', '*a', '? ', '%', 'é'));
const mark = often(fc.constant(''), from('---\n', '--- ', '---\n# c\n', '# c\n', '\n\n', '%YAML 1.2\n---\n', '%YAML 1.1\n---\n', '%TAG ! x\n---\n', '\ufeff', '\ufeff---\n', '...\n', '--- |\n', '--- !t\n', ' '));
const close = often(from('\n'), from('', '\n...\n', '\n---\n', '\n# c', '\n\n', '\n...\nx', '\n--- a', '\n ...', '\n... # c\n', ' '));

/** Texts that are YAML, or nearly: most styles, with what is easily read in another way. */
export const yamlTexts: fc.Arbitrary<string> = fc.tuple(mark, fc.oneof({ weight: 12, arbitrary: entries }, { weight: 2, arbitrary: items }, { weight: 1, arbitrary: node }), close, often(fc.constant<Edit[]>([]), fc.array(edit, { minLength: 1, maxLength: 2 })), often(fc.constant('\n'), from('\r\n', '\n', '\r')))
  .map(([first, write, last, edits, newline]) => {
    let text = `${first}${write('').replace(/^\s/, '')}${last}`;
    for (const [where, removed, added] of edits) {
      const at = Math.floor(where * text.length);
      text = text.slice(0, at) + added + text.slice(at + removed);
    }
    return newline === '\n' ? text : text.replace(/\r?\n/g, newline);
  });
