import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { changed, Step } from './recipe';

/** What recipes read and write; `src` and what it is made of and compared with. */
const PARTS = ['.jsii', '.projen', 'API.md', 'README.md', 'assets', 'bin', 'data', 'docs', 'package.json', 'scripts', 'src', 'test', 'tsconfig.json'];
const WRITTEN = ['data', 'docs', 'scripts', 'src', 'test'];

export interface Result {
  readonly status: number;
  readonly printed: string;
}

/** A copy of this checkout, in which recipes are followed. */
export class Checkout {
  public readonly directory = mkdtempSync(join(tmpdir(), 'recipes-'));

  public constructor() {
    for (const part of PARTS) cpSync(part, join(this.directory, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.directory, 'node_modules'));
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  /** @param standIns files of this checkout for what commands write that not every machine can run */
  public follow({ blocks }: Step, standIns: Readonly<Record<string, string>> = {}): void {
    for (const block of blocks) {
      if (block.kind === 'file') this.write(block.path, block.content);
      else if (block.kind === 'change') this.write(block.path, changed(this.read(block.path), block.path, block.before, block.after));
      else for (const command of block.commands) this.runOrCopy(command, standIns);
    }
  }

  /** As if a step that changes files by hand had never been taken. */
  public rewind({ blocks }: Step): void {
    for (const block of [...blocks].reverse()) {
      if (block.kind !== 'change') throw new Error(`a ${block.kind} cannot be rewound`);
      this.write(block.path, changed(this.read(block.path), block.path, block.after, block.before));
    }
  }

  public run(command: string): Result {
    const { CI: _, ...env } = process.env;
    // What is installed, without the half second that npx takes to find it.
    const script = `npx() { command "$@"; }\n${command}`;
    const { status, stdout, stderr, error } = spawnSync('sh', ['-c', script], {
      cwd: this.directory, encoding: 'utf8', timeout: 240_000, killSignal: 'SIGKILL', env: { ...env, TMPDIR: this.scratch(), PATH: `${resolve('node_modules/.bin')}:${env.PATH}`, FORCE_COLOR: '0' },
    });
    if (error) throw error;
    return { status: status!, printed: stdout + stderr };
  }

  /** Every file that a recipe may write. */
  public files(): Map<string, string> {
    return new Map(WRITTEN.flatMap(part => readdirSync(join(this.directory, part), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(this.directory.length + 1)))
      .map(path => [path, this.read(path)]));
  }

  /** Makes the files those of another time. */
  public restore(files: ReadonlyMap<string, string>): void {
    const now = this.files();
    for (const path of now.keys()) if (!files.has(path)) rmSync(join(this.directory, path));
    files.forEach((content, path) => {
      if (now.get(path) !== content) this.write(path, content);
    });
  }

  public read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  public write(path: string, content: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), content);
  }

  private runOrCopy(command: string, standIns: Readonly<Record<string, string>>): void {
    const target = / > (\S+)$/.exec(command)?.[1];
    if (target && standIns[target] !== undefined) return this.write(target, standIns[target]);
    const { status, printed } = this.run(command);
    if (status !== 0) throw new Error(`${command} ended with ${status}\n${printed}`);
  }

  /** Jest keeps its cache there. */
  private scratch(): string {
    const directory = join(this.directory, '.tmp');
    mkdirSync(directory, { recursive: true });
    return directory;
  }
}
