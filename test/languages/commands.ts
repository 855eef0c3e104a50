import { spawnSync } from 'child_process';
import { resolve } from 'path';

/** What is worth keeping between runs: built packages, and tools and packages fetched for them. */
export const CACHE = resolve('.tmp/languages');

const ENV = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function tryRun([command, ...args]: string[], { env, ...options }: CommandOptions = {}): Result {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...options, env: { ...ENV, ...env }, encoding: 'utf8', timeout: 540_000, maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

export function run(command: string[], options?: CommandOptions): string {
  const { status, stdout, stderr } = tryRun(command, options);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Builds the language's packages of `projects`, and returns where they are. */
export function pacmak(target: string, projects: string[], options: string[] = [], env?: NodeJS.ProcessEnv): string {
  const outdir = resolve(CACHE, 'packages');
  // Otherwise it adds the directory to .npmignore, which is projen's.
  run(['node_modules/.bin/jsii-pacmak', '--no-npmignore', '--force', '--target', target, '--outdir', outdir, ...options, ...projects], { env });
  return resolve(outdir, target);
}
