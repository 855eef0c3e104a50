import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { ShownDocument } from './documents';
import { MindieProfile } from '../../../src';
import { execute } from '../../cli/scenario';

const TSX = resolve('node_modules/tsx/dist/cli.mjs');
const INPUTS = join(__dirname, 'inputs');
const PIPELINE = /^(?:(?<producer>.+?) \| )?npx cdk8s-seccomp (?<args>.*?)(?: > (?<target>\S+))?$/;

export interface Result {
  readonly status: number;
  readonly printed: string;
}

/** A directory with the files that a document takes for given, those that it shows, and what its commands write. */
export class Workplace {
  public readonly directory = mkdtempSync(join(tmpdir(), 'commands-'));

  /** @param producers what stands for the output of commands that are not run: a file of `inputs` each */
  public constructor(document: ShownDocument, private readonly producers: Readonly<Record<string, string>>) {
    for (const inputs of ['common', document.name].map(name => join(INPUTS, name)).filter(existsSync)) cpSync(inputs, this.directory, { recursive: true });
    this.write('mindie-motor-seccomp-blacklist.json', MindieProfile.reference().toJson());
    // For programs: the packages of this checkout, and this one as its source.
    symlinkSync(resolve('node_modules'), join(this.directory, 'node_modules'));
    this.write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'commonjs', paths: { 'cdk8s-seccomp': [resolve('src/index.ts')] } } }));
    document.files.forEach((text, name) => this.write(name, text));
  }

  /** Undefined: not a command that is run here. */
  public run(command: string): Result | undefined {
    const { producer, args, target } = PIPELINE.exec(command)?.groups ?? {};
    if (args !== undefined) return this.runCli(args, producer, target);
    if (/^mkdir -p [\w/-]+$/.test(command)) return this.spawn('mkdir', command.split(' ').slice(1));
    const program = /^npx tsx (\S+\.ts)$/.exec(command);
    if (program) return this.tsx(program[1]);
    const synth = /^(?:SECCOMP_MODE=(\S+) )?npm run synth$/.exec(command);
    return synth ? this.synthExample(synth[1]) : undefined;
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private runCli(args: string, producer?: string, target?: string): Result {
    let [printed, redirected] = ['', ''];
    const words = [...args.matchAll(/'([^']*)'|(\S+)/g)].flatMap(([, quoted, plain]) => quoted ?? this.expand(plain));
    const { status } = execute(words, this.directory, {
      stdin: () => this.stdin(producer),
      stdout: text => target ? redirected += text : printed += text,
      stderr: text => printed += text,
    });
    if (target) this.write(target, redirected);
    return { status, printed };
  }

  private stdin(producer?: string): string {
    if (producer === undefined) throw new Error('reads standard input, and the command shows nothing that writes to it');
    if (!this.producers[producer]) throw new Error(`${producer}: nothing stands for its output`);
    return readFileSync(join(this.directory, this.producers[producer]), 'utf8');
  }

  private expand(word: string): string[] {
    const [start, end] = word.split('*');
    return end === undefined ? [word] : readdirSync(this.directory).filter(name => name.startsWith(start) && name.endsWith(end)).sort();
  }

  /** What the task `synth` does, but for the build and the report of cdk8s-cli. */
  private synthExample(mode?: string): Result {
    rmSync(join(this.directory, 'dist'), { recursive: true, force: true });
    const synth = this.tsx(resolve('examples/mindie-motor/main.ts'), { SECCOMP_MODE: mode });
    return synth.status === 0 ? this.spawn(process.execPath, [TSX, resolve('scripts/print-manifests.ts'), 'dist']) : synth;
  }

  private tsx(file: string, env: Record<string, string | undefined> = {}): Result {
    return this.spawn(process.execPath, [TSX, '--tsconfig', 'tsconfig.json', file], { CDK8S_OUTDIR: 'dist', ...env });
  }

  private spawn(program: string, args: readonly string[], env: Record<string, string | undefined> = {}): Result {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: this.directory, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 60_000,
    });
    if (error) throw error;
    return { status: status!, printed: stdout + stderr };
  }

  private write(name: string, text: string): void {
    mkdirSync(dirname(join(this.directory, name)), { recursive: true });
    writeFileSync(join(this.directory, name), text);
  }
}
