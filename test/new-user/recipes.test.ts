import { readdirSync, readFileSync } from 'fs';
import { Checkout } from './recipes/checkout';
import { changed, recipe, Step } from './recipes/recipe';

jest.setTimeout(300_000);

const CONTRIBUTING = readFileSync('CONTRIBUTING.md', 'utf8');
const RULE = recipe(CONTRIBUTING, 'Add a lint rule');
const SYMPTOM = recipe(CONTRIBUTING, 'Add a symptom');
const TABLES = recipe(CONTRIBUTING, 'Update the syscall tables');

let checkout: Checkout;
beforeAll(() => {
  checkout = new Checkout();
});
afterAll(() => checkout.remove());

/** The last step of a recipe is what checks the others. */
const check = (steps: readonly Step[]): string => {
  const [block] = steps.at(-1)!.blocks;
  if (block.kind !== 'commands' || block.commands.length !== 1) throw new Error('the last step is not one command');
  return block.commands[0];
};

/** The check, but only with the file that is to notice. */
function narrowed(command: string, file: string): string {
  const paths = command.split(' ').filter(word => word.startsWith('test/'));
  if (!paths.some(path => file.startsWith(path))) throw new Error(`${command} does not run ${file}`);
  return command.replace(paths.join(' '), file);
}

describe.each<[title: string, steps: readonly Step[], noticed: readonly [steps: readonly number[], file: string, ...says: string[]][]]>([
  ['a lint rule', RULE, [
    [[1], 'test/lint/fixtures.test.ts', '● finds in each fixture these and nothing else'],
    [[2], 'test/lint/structure.test.ts', 'trace-without-tracer has no summary'],
    [[3], 'test/lint/rules.test.ts', '● finds what is wrong in trace-without-tracer/fires'],
    [[4], 'test/lint/fixtures.test.ts', '● finds in each fixture these and nothing else'],
    [[5], 'test/package/generated.test.ts', 'docs/rules/trace-without-tracer.md is out of date'],
    [[6], 'test/lint/rules.test.ts', '● finds what is wrong in trace-without-tracer/fires'],
    [[6], 'test/cli/scenarios.test.ts', '● runs rules.scenario'],
  ]],
  ['a symptom', SYMPTOM, [
    [[1], 'test/troubleshooting/diagnosis/symptoms/structure.test.ts', 'text perl-thread-eperm belongs to no symptom'],
    [[2, 3], 'test/troubleshooting/diagnosis/symptoms/structure.test.ts', 'perl-thread-eperm has no text in the corpus', 'perl-thread-eperm has no row'],
  ]],
])('the recipe for %s', (_, steps, noticed) => {
  /** The files before each step, and after the last. */
  const history: Map<string, string>[] = [];

  beforeAll(() => {
    history.push(checkout.files());
    for (const step of steps.slice(0, -1)) {
      checkout.follow(step);
      history.push(checkout.files());
    }
  });
  afterAll(() => checkout.restore(history[0]));

  test('passes its own check', () => {
    expect(checkout.run(check(steps))).toStrictEqual({ status: 0, printed: expect.stringMatching(/Tests: +\d+ passed, \d+ total/) });
  });

  // Each of several steps has a complaint of its own.
  test.each(noticed)('fails without step %j', (numbers, file, ...says) => {
    expect(says).toHaveLength(numbers.length);
    checkout.restore(numbers.reduce((files, number) => undone(files, history[number - 1], history[number]), history.at(-1)!));
    const { status, printed } = checkout.run(narrowed(check(steps), file));
    expect(says.filter(text => !printed.includes(text))).toStrictEqual([]);
    expect(status).toBe(1);
  });

  test('has a control for every step', () => {
    expect([...new Set(noticed.flatMap(([numbers]) => numbers))]).toStrictEqual(steps.slice(0, -1).map(({ number }) => number));
  });
});

/** The files with what changed between two times as it was before. */
function undone(files: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Map<string, string> {
  const changes = [...new Set([...before.keys(), ...after.keys()])].filter(path => before.get(path) !== after.get(path));
  const left = [...files].filter(([path]) => !changes.includes(path));
  return new Map([...left, ...changes.flatMap(path => before.has(path) ? [[path, before.get(path)!] as const] : [])]);
}

describe('the recipe for the syscall tables', () => {
  const DUMP = 'data/syscalls/libseccomp-2.6.1.tsv';
  const GENERATED = ['src/syscalls/numbers.generated.ts', 'src/syscalls/since.generated.ts', 'src/syscalls/narrow-arguments.generated.ts'];
  const BY_HAND = TABLES.filter(({ blocks }) => blocks[0].kind === 'change');
  // Debian 12 has another libseccomp: test/node/dumps.test.ts prints what that one says.
  const standIns = { [DUMP]: readFileSync(DUMP, 'utf8') };
  const generating = TABLES.find(({ text }) => text.startsWith('Write the tables'))!;
  let complete: Map<string, string>;

  beforeAll(() => {
    complete = checkout.files();
  });
  afterEach(() => checkout.restore(complete));

  test('writes the tables of this checkout again', () => {
    const committed = GENERATED.map(path => complete.get(path));
    checkout.follow(generating);
    expect(GENERATED.map(path => checkout.read(path))).toStrictEqual(committed);
  });

  test('comes from the tables before it to those of this checkout', () => {
    BY_HAND.forEach(step => checkout.rewind(step));
    const { [DUMP]: _, ...rest } = Object.fromEntries(checkout.files());
    checkout.restore(new Map(Object.entries(rest)));
    checkout.follow(generating);
    expect(checkout.read(GENERATED[0])).not.toContain('open_tree_attr');
    expect(complete.get(GENERATED[0])).toContain('open_tree_attr');

    TABLES.slice(0, -1).forEach(step => checkout.follow(step, standIns));
    expect(Object.fromEntries(checkout.files())).toStrictEqual(Object.fromEntries(complete));
  });

  test('passes its own check', () => {
    expect(checkout.run(check(TABLES))).toStrictEqual({ status: 0, printed: expect.stringMatching(/Tests: +\d+ passed, \d+ total/) });
  });

  test.each<[step: number, says: string]>([
    [2, 'Cannot read properties of undefined'],
    [3, 'src/syscalls/since.generated.ts is out of date'],
    [4, 'src/syscalls/numbers.generated.ts is out of date'],
  ])('fails without step %i', (number, says) => {
    checkout.rewind(TABLES[number - 1]);
    const result = checkout.run(narrowed(check(TABLES), 'test/package/generated.test.ts'));
    expect(result).toStrictEqual({ status: 1, printed: expect.stringContaining(says) });
  });

  test('fails after a changed number until the tables are written, and then against the headers of the kernel', () => {
    const falsified = complete.get(DUMP)!.replace(/^(clone3\t)435/m, '$1436');
    expect(falsified).not.toBe(complete.get(DUMP));
    checkout.write(DUMP, falsified);
    const before = checkout.run(narrowed(check(TABLES), 'test/package/generated.test.ts'));
    expect(before).toStrictEqual({ status: 1, printed: expect.stringContaining('src/syscalls/numbers.generated.ts is out of date') });
    checkout.follow(generating);
    const after = checkout.run(narrowed(check(TABLES), 'test/syscalls/data.test.ts'));
    expect(after).toStrictEqual({ status: 1, printed: expect.stringContaining('● agrees with the kernel headers in linux-7.2.tsv') });
    expect(checkout.run(narrowed(check(TABLES), 'test/package/generated.test.ts'))).toStrictEqual({ status: 0, printed: expect.stringMatching(/Tests: +\d+ passed, \d+ total/) });
  });

  test('prints the arguments of a header of prototypes as the data holds them', () => {
    const FILE = 'data/syscalls/arguments-linux-7.3.tsv';
    const prototypes = complete.get(FILE)!.trim().split('\n').slice(1).map(line => line.split('\t')).map(([name, narrow]) => {
      const parameters = [0, 1, 2, 3, 4, 5].map(index => `${narrow.includes(String(index)) ? 'int' : 'unsigned long'} a${index}`);
      return `asmlinkage long sys_${name}(${parameters.join(', ')});\n`;
    });
    checkout.write('.tmp/syscalls.h', prototypes.join(''));
    expect(checkout.run('npx tsx scripts/dump-arguments.ts .tmp/syscalls.h')).toStrictEqual({ status: 0, printed: complete.get(FILE) });
  });

  test('says where every dump comes from', () => {
    const versions = readdirSync('data/syscalls').flatMap(name => /^libseccomp-(2.*)\.tsv$/.exec(name)?.[1] ?? []);
    const sources = complete.get('data/SOURCES.md')!;
    const unsaid = (text: string) => versions.filter(version => !text.includes(`\n| ${version} | `));
    expect(unsaid(sources)).toStrictEqual([]);
    checkout.rewind(TABLES[4]);
    expect(unsaid(checkout.read('data/SOURCES.md'))).toStrictEqual(['2.6.1']);
  });
});

describe('the reading of recipes', () => {
  test('fails on a step that shows nothing, or names no file', () => {
    expect(() => recipe('## A\n\n1. Nothing.\n', 'A')).toThrow('1. Nothing.: is a step without a block');
    expect(() => recipe('## A\n\n1. A rule:\n\n```json\n{}\n```\n', 'A')).toThrow('A rule:: names no file');
    expect(() => recipe('## A\n', 'B')).toThrow('no section "B"');
  });

  test('fails on lines that stand nowhere or twice', () => {
    expect(changed('a\nb\nc\n', 'x', 'b\n', 'B\n')).toBe('a\nB\nc\n');
    expect(() => changed('a\nb\n', 'x', 'c\n', 'C\n')).toThrow('x has 0 times:\nc');
    expect(() => changed('a\nb\na\n', 'x', 'a\n', 'A\n')).toThrow('x has 2 times:\na');
  });
});
