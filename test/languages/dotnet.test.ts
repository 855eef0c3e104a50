import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CACHE, pacmak } from './commands';
import { Compiler } from './dotnet/compile';
import { emptyDirectory } from './example';
import { filesIn } from '../package/commands/documents';

const { peerDependencies, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const { types } = JSON.parse(readFileSync('.jsii', 'utf8')) as { types: Record<string, { name: string; datatype?: boolean }> };
const range = (name: string) => `[${peerDependencies[name].slice(1)},${Number.parseInt(peerDependencies[name].slice(1), 10) + 1}.0.0)`;
const referencesOf = (project: string) =>
  Object.fromEntries([...project.matchAll(/<PackageReference Include="([^"]+)" Version="([^"]+)"/g)].map(([, name, wanted]) => [name, wanted]));

function edit(file: string, right: string, wrong: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(right);
  writeFileSync(file, text.replace(right, wrong));
}

const out = emptyDirectory();
let packages: string;
let compiler: Compiler;
const projectFile = (name: string) => join(packages, name, `${name}.csproj`);

beforeAll(() => {
  rmSync(join(CACHE, 'packages', 'dotnet'), { recursive: true, force: true });
  // Not in one: a project refers to another of the same build by its file.
  pacmak('dotnet', Object.keys(peerDependencies).map(name => `node_modules/${name}`), ['--code-only']);
  packages = pacmak('dotnet', ['.'], ['--code-only']);
  compiler = new Compiler(out);
});

test('writes C# of every exported type, against the packages that NuGet has of cdk8s', () => {
  const files = readdirSync(join(packages, 'Cdk8sSeccomp'), { recursive: true }).map(file => String(file).split('/').at(-1));
  for (const { name, datatype } of Object.values(types)) {
    expect(files).toContain(`${name}.cs`);
    if (datatype) expect(files).toContain(`I${name}.cs`);
  }

  const project = readFileSync(projectFile('Cdk8sSeccomp'), 'utf8');
  expect(project).toContain(`<PackageVersion>${version}</PackageVersion>`);
  expect(referencesOf(project)).toStrictEqual({
    'Amazon.JSII.Runtime': expect.stringMatching(/^\[1\.\d+\.\d+,2\.0\.0\)$/),
    'Org.Cdk8s': range('cdk8s'),
    'Org.Cdk8s.Plus28': range('cdk8s-plus-28'),
    'Constructs': range('constructs'),
  });
});

// From here on each is compiled against those before it. Nothing is run: the first only stands for jsii's runtime, which the registries of the tests lack.
test('compiles what stands for the runtime of jsii', () => {
  expect(compiler.library('Amazon.JSII.Runtime', 'test/languages/dotnet/JsiiRuntime.cs')).toStrictEqual([]);
});

test.each(['Constructs', 'Org.Cdk8s', 'Org.Cdk8s.Plus28'])('compiles %s without an error', name => {
  // Their warnings are about their comments.
  expect(compiler.project(projectFile(name)).filter(message => !/ warning CS1573: /.test(message))).toStrictEqual([]);
});

test('fails to compile the library with a member that has the name of its class', () => {
  const directory = join(out, 'broken');
  cpSync(join(packages, 'Cdk8sSeccomp'), directory, { recursive: true });
  edit(join(directory, 'Cdk8sSeccomp/SeccompAction.cs'), 'public virtual string Value', 'public virtual string SeccompAction');
  expect(compiler.project(join(directory, 'Cdk8sSeccomp.csproj'))).toContain(
    "SeccompAction.cs: error CS0542: 'SeccompAction': member names cannot be the same as their enclosing type",
  );
});

test('compiles the library', () => {
  // jsii-pacmak silences this one only where the struct itself has a required property, not where it inherits the first.
  expect(compiler.project(projectFile('Cdk8sSeccomp'))).toStrictEqual([
    "SeccompSecuredCronJobProps.cs: warning CS8618: Non-nullable property 'Schedule' is uninitialized. Consider declaring the property as nullable.",
  ]);
});

describe('the example', () => {
  const PROJECT = 'MindieMotor.csproj';
  const copied = () => {
    const directory = mkdtempSync(join(out, 'example-'));
    cpSync('examples/mindie-motor-csharp', directory, { recursive: true });
    return directory;
  };

  test('pins the versions that the library is built against', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(referencesOf(readFileSync(join(copied(), PROJECT), 'utf8'))).toStrictEqual({
      'Cdk8sSeccomp': version,
      'Org.Cdk8s': devDependencies.cdk8s,
      'Org.Cdk8s.Plus28': devDependencies['cdk8s-plus-28'],
    });
  });

  test('compiles without a warning', () => {
    expect(compiler.project(join(copied(), PROJECT))).toStrictEqual([]);
  });

  test.each([
    ['a property that is not there', 'MindieMotorChart.cs', 'Seccomp = _seccomp', 'Secomp = _seccomp',
      "error CS0117: 'SeccompSecuredDeploymentProps' does not contain a definition for 'Secomp'"],
    ['a value of another type', 'MindieMotorChart.cs', 'Seccomp = _seccomp', 'Seccomp = "localhost"',
      "error CS0029: Cannot implicitly convert type 'string' to 'Cdk8sSeccomp.SeccompMode'"],
    ['a null for what there must be', 'SeccompModes.cs', 'Localhost(ProfileDaemonSet(app))', 'Localhost(null)',
      'error CS8625: Cannot convert null literal to non-nullable reference type.'],
  ])('fails to compile with %s', (_, name, right, wrong, message) => {
    const directory = copied();
    edit(join(directory, name), right, wrong);
    expect(compiler.project(join(directory, PROJECT))).toStrictEqual([`${name}: ${message}`]);
  });
});

describe('the guide', () => {
  const [, guide] = readFileSync('docs/guides/quick-start.md', 'utf8').split(/^## C#$/m);

  test('shows a program that compiles', () => {
    expect(compiler.program(filesIn(guide).get('Program.cs')!)).toStrictEqual([]);
  });

  test('lists the names that a program must tell from others', () => {
    // The namespaces that a new project imports by itself, and those of this library and what it builds on.
    const namespaces = [
      'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Net.Http', 'System.Threading', 'System.Threading.Tasks',
      'Cdk8sSeccomp', 'Constructs', 'Org.Cdk8s', 'Org.Cdk8s.Plus28',
    ];
    const parameters = Object.values(types).map(({ name }, at) => `${name} a${at}`);
    const program = `${namespaces.map(name => `using ${name};\n`).join('')}class Program { static void Main() { }\nvoid All(${parameters.join(',\n')}) { } }\n`;
    const ambiguous = compiler.program(program).map(message => message.match(/error CS0104: '(\w+)' is an ambiguous reference between '(\S+)' and '(\S+)'/)?.slice(1));
    expect(ambiguous).toStrictEqual([
      ['SeccompProfile', 'Cdk8sSeccomp.SeccompProfile', 'Org.Cdk8s.Plus28.SeccompProfile'],
      ['ThreadStart', 'Cdk8sSeccomp.ThreadStart', 'System.Threading.ThreadStart'],
    ]);
    for (const [, own, other] of ambiguous as string[][]) expect(guide).toContain(`\`${own.split('.').at(-1)}\` (\`${other}\`)`);
  });
});
