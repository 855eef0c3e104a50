import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Assembly, loadAssemblyFromPath, writeAssembly } from '@jsii/spec';
import { compileErrors, examplesOf, snippetsOf } from './snippets';

const GUIDES = readdirSync('docs/guides').filter(name => name.endsWith('.md')).map(name => join('docs/guides', name));
const DOCUMENTS = ['README.md', 'README.zh-CN.md', ...GUIDES];
const ASSEMBLY = loadAssemblyFromPath('.');

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'rosetta-'));
});
afterEach(() => {
  rmSync(scratch, { recursive: true });
});

const IN_DOCUMENTS = DOCUMENTS.map(file => snippetsOf(file, readFileSync(file, 'utf8')));
const SNIPPETS = [...IN_DOCUMENTS.flat(), ...examplesOf(ASSEMBLY)];
/** Snippets that do not compile, in a document that is not there. */
const BROKEN = snippetsOf('guide.md', ['# Title', ...[
  'new SeccompSecuredDeployment(chart, \'App\', { seccomp: undeclared });',
  'import { Seccomp } from \'cdk8s-seccomp\';',
  'new MindieProfileDaemonSet(chart, \'Profile\', { paths: [] });',
  'const names: string[] = before.architectures?.map(String);',
  'new SeccompSecuredDeployment(chart, \'App\', { … });',
].map(code => `\`\`\`typescript\n${code}\n\`\`\``)].join('\n\n'));

describe('the compiler', () => {
  let errors: string[];
  // Together: what they import is compiled once.
  beforeAll(() => {
    errors = compileErrors([...SNIPPETS, ...BROKEN]);
  }, 120_000);

  test('compiles every snippet of the documents and of the doc comments', () => {
    expect(errors.filter(error => !error.startsWith('guide.md:'))).toStrictEqual([]);
    const fences = DOCUMENTS.map(file => readFileSync(file, 'utf8').match(/```(ts|typescript)\b/g)?.length ?? 0);
    expect(IN_DOCUMENTS.map(list => list.length)).toStrictEqual(fences);
    expect(SNIPPETS.length).toBeGreaterThan(10);
  });

  test('would notice snippets that do not compile', () => {
    expect(errors.filter(error => error.startsWith('guide.md:')).map(error => error.split('.')[1])).toStrictEqual([
      'md:4: Cannot find name \'undeclared\'',
      'md:8: Module \'"cdk8s-seccomp"\' has no exported member \'Seccomp\'',
      expect.stringContaining('md:12: Object literal may only specify known properties, and \'paths\' does not exist'),
      expect.stringContaining('md:16: Type \'string[] | undefined\' is not assignable to type \'string[]\''),
      'md:20: Invalid character',
    ]);
  });
});

/** What jsii-rosetta makes of the README and the examples of an assembly. */
function translate(assembly: Assembly): { status: number | null; output: string; tablet: string } {
  writeAssembly(scratch, assembly, { compress: false });
  writeFileSync(join(scratch, 'package.json'), readFileSync('package.json'));
  for (const name of ['lib', 'node_modules', 'rosetta']) symlinkSync(resolve(name), join(scratch, name));
  const tablet = join(scratch, 'translations.json');
  // With a directory given it installs nothing.
  const args = ['extract', scratch, '--strict', '--directory', scratch, '--cache-to', tablet];
  const { status, stdout, stderr } = spawnSync(resolve('node_modules/.bin/jsii-rosetta'), args, { encoding: 'utf8', timeout: 110_000 });
  return { status, output: stdout + stderr, tablet };
}

/** One snippet of rosetta's file of translations. */
interface Translated {
  readonly didCompile: boolean;
  readonly translations: Record<'python' | 'java' | 'go' | 'csharp', { source: string }>;
}

test('translates the README and the examples to every language of jsii', () => {
  const { status, output, tablet } = translate(ASSEMBLY);
  expect(`${status} ${output}`).toMatch(/^0 /);
  const translated: Translated[] = Object.values(JSON.parse(readFileSync(tablet, 'utf8')).snippets);
  expect(translated).toHaveLength(snippetsOf('README.md', ASSEMBLY.readme!.markdown).length + examplesOf(ASSEMBLY).length);
  expect(translated.every(({ didCompile }) => didCompile)).toBe(true);
  const { python, java, go, csharp } = translated.find(({ translations }) => translations.python.source.includes('MindieProfileDaemonSet'))!.translations;
  expect(python.source).toContain('seccomp=SeccompMode.localhost(profile),');
  expect(java.source).toContain('.seccomp(SeccompMode.localhost(profile))');
  expect(go.source).toContain('cdk8sseccomp.SeccompMode_Localhost(profile)');
  expect(csharp.source).toContain('Seccomp = SeccompMode.Localhost(profile),');
}, 120_000);

test('would notice a README that does not compile', () => {
  const { readme } = ASSEMBLY;
  const broken = { ...ASSEMBLY, readme: { markdown: readme!.markdown.replace('SeccompMode.localhost(profile)', 'SeccompMode.local(profile)') } };
  const { status, output } = translate(broken);
  expect(status).not.toBe(0);
  expect(output).toContain('Property \'local\' does not exist on type \'typeof SeccompMode\'');
}, 120_000);
