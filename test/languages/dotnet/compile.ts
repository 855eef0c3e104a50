import { readFileSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { tryRun } from '../commands';
import { dotnetSdk } from './sdk';

const valueOf = (project: string, name: string) => project.match(`<${name}>(.*)</${name}>`)?.[1];

/** What of a project file the compiler is told by MSBuild. */
function optionsOf(project: string, assembly: string): string[] {
  const listed = (name: string, option: string) => valueOf(project, name) ? [`-${option}:${valueOf(project, name)}`] : [];
  return [
    ...listed('Nullable', 'nullable'),
    ...listed('NoWarn', 'nowarn'),
    ...listed('WarningsAsErrors', 'warnaserror+'),
    ...valueOf(project, 'GenerateDocumentationFile') === 'true' ? [`-doc:${assembly}.xml`] : [],
    `-target:${valueOf(project, 'OutputType')?.toLowerCase() ?? 'library'}`,
  ];
}

/** Compiles C# into `out`, against everything that was compiled before. */
export class Compiler {
  private readonly sdk = dotnetSdk();
  private readonly compiled: string[] = [];

  constructor(private readonly out: string) {}

  /** The errors and warnings of a project, which later ones may refer to if it has no error. */
  public project(file: string): string[] {
    const assembly = join(this.out, basename(file, '.csproj'));
    return this.csc(assembly, [...optionsOf(readFileSync(file, 'utf8'), assembly), `-recurse:${dirname(file)}/*.cs`]);
  }

  /** The errors and warnings of a library of one file, which later ones may refer to if it has no error. */
  public library(name: string, file: string): string[] {
    return this.csc(join(this.out, name), ['-target:library', '-nullable:enable', file]);
  }

  /** The errors and warnings of a program of one file. */
  public program(text: string): string[] {
    const file = join(this.out, 'Program.cs');
    writeFileSync(file, text);
    return this.csc(join(this.out, 'Program'), ['-target:exe', '-nullable:enable', file]);
  }

  private csc(assembly: string, options: string[]): string[] {
    const { csc, env, references } = this.sdk;
    const { status, stdout, stderr } = tryRun([
      ...csc, '-noconfig', '-nologo', '-nostdlib', '-deterministic', '-langversion:8', ...options, `-out:${assembly}.dll`,
      ...[...references, ...this.compiled].map(reference => `-reference:${reference}`),
    ], { env });
    const messages = stdout.split('\n').filter(line => line.trim());
    if (messages.some(message => !/\b(error|warning) CS\d+: /.test(message)) || (status !== 0) !== messages.some(message => message.includes('error CS'))) {
      throw new Error(`csc ended with ${status}\n${stdout}${stderr}`);
    }
    if (status === 0 && options.includes('-target:library')) this.compiled.push(`${assembly}.dll`);
    return messages.map(message => message.replace(/^(?:.*\/)?([^/(]+)\(\d+,\d+\)/, '$1'));
  }
}
