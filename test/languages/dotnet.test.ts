import { readdirSync, readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { CACHE, pacmak } from './commands';

const { peerDependencies, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const range = (name: string) => `[${peerDependencies[name].slice(1)},${Number.parseInt(peerDependencies[name].slice(1), 10) + 1}.0.0)`;

// No .NET SDK is among the tools of these tests: the C# is written, neither compiled nor run.
test('writes C# of every exported type, against the packages that NuGet has of cdk8s', () => {
  rmSync(join(CACHE, 'packages', 'dotnet'), { recursive: true, force: true });
  const directory = join(pacmak('dotnet', ['.'], ['--code-only']), 'Cdk8sSeccomp');

  const { types } = JSON.parse(readFileSync('.jsii', 'utf8')) as { types: Record<string, { name: string; datatype?: boolean }> };
  const files = readdirSync(directory, { recursive: true }).map(file => String(file).split('/').at(-1));
  for (const { name, datatype } of Object.values(types)) {
    expect(files).toContain(`${name}.cs`);
    if (datatype) expect(files).toContain(`I${name}.cs`);
  }

  const project = readFileSync(join(directory, 'Cdk8sSeccomp.csproj'), 'utf8');
  expect(project).toContain(`<PackageVersion>${version}</PackageVersion>`);
  const references = [...project.matchAll(/<PackageReference Include="([^"]+)" Version="([^"]+)"/g)].map(([, name, wanted]) => [name, wanted]);
  expect(Object.fromEntries(references)).toStrictEqual({
    'Amazon.JSII.Runtime': expect.stringMatching(/^\[1\.\d+\.\d+,2\.0\.0\)$/),
    'Org.Cdk8s': range('cdk8s'),
    'Org.Cdk8s.Plus28': range('cdk8s-plus-28'),
    'Constructs': range('constructs'),
  });
});
