import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App, Chart } from 'cdk8s';
import { run, tryRun } from './commands';
import { MindieProfileDaemonSet, SeccompMode, SeccompProfile, SeccompSecuredDeployment } from '../../src';
import { filesIn } from '../package/commands/documents';

const MODES = ['unconfined', 'runtime-default', 'localhost'];

/** The example of a language in an empty directory, with everything installed that its own project files ask for. */
export interface Project {
  readonly directory: string;
  /** Leads to the language's tools. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs the language's program of `errors/`. */
  readonly errors: string[];
  /** Runs the app that docs/guides/quick-start.md has in the language. */
  readonly guide: string[];
}

/** A file that the guide has its reader write. */
export function ofGuide(name: string): string {
  const text = filesIn(readFileSync('docs/guides/quick-start.md', 'utf8')).get(name);
  if (text === undefined) throw new Error(`docs/guides/quick-start.md has no ${name}`);
  return text;
}

/** Fills an empty directory; removed after the tests. */
export function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'languages-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  return directory;
}

function filesOf(directory: string): Record<string, string> {
  const names = existsSync(directory) ? readdirSync(directory).sort() : [];
  return Object.fromEntries(names.map(name => [name, readFileSync(join(directory, name), 'utf8')]));
}

/** What the TypeScript example writes. */
function expectedFiles(mode: string, directory: string): Record<string, string> {
  run([process.execPath, resolve('node_modules/tsx/dist/cli.mjs'), 'main.ts'], {
    cwd: 'examples/mindie-motor', env: { SECCOMP_MODE: mode, CDK8S_OUTDIR: directory },
  });
  return filesOf(directory);
}

/** The text of an error, as a TypeScript user reads it. */
function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error');
}

function synthesizePrivilegedContainer(): void {
  const app = new App();
  new SeccompSecuredDeployment(new Chart(app, 'chart'), 'Engine', {
    seccomp: SeccompMode.localhostPath('profiles/app.json'),
    containers: [{ image: 'app', portNumber: 1025, securityContext: { privileged: true, allowPrivilegeEscalation: true } }],
  });
  app.synth();
}

/** What the guide's app in the other languages is in TypeScript. */
function filesOfGuide(outdir: string): Record<string, string> {
  const app = new App({ outdir });
  const profile = new MindieProfileDaemonSet(new Chart(app, 'profiles', { namespace: 'seccomp-profiles' }), 'Profile');
  new SeccompSecuredDeployment(new Chart(app, 'web', { namespace: 'default' }), 'Server', {
    seccomp: SeccompMode.localhost(profile),
    containers: [{ image: 'web:1.0.0', portNumber: 8080 }],
  });
  app.synth();
  return filesOf(outdir);
}

/** Tests that the example of a language does what the TypeScript one does. */
export function proveExample(language: string, projectFile: string, install: (directory: string) => Project): void {
  const directory = emptyDirectory();
  let project: Project;
  beforeAll(() => {
    cpSync(`examples/mindie-motor-${language}`, join(directory, 'example'), { recursive: true });
    project = install(join(directory, 'example'));
  });

  const synthesize = (mode: string) => {
    const outdir = mkdtempSync(join(directory, 'out-'));
    const result = tryRun([process.execPath, resolve('node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--output', outdir], {
      cwd: project.directory, env: { ...project.env, SECCOMP_MODE: mode },
    });
    return { ...result, files: filesOf(outdir) };
  };

  test('pins the versions that the library is built against', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const text = readFileSync(join(project.directory, projectFile), 'utf8');
    for (const name of ['cdk8s', 'cdk8s-plus-28']) expect(text).toContain(devDependencies[name]);
  });

  test.each(MODES)('writes the files of the TypeScript example in mode %s', mode => {
    const { status, stderr, files } = synthesize(mode);
    expect({ status, stderr: status === 0 ? '' : stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(files).toStrictEqual(expectedFiles(mode, join(directory, mode)));
    // The control: what is compared does tell the modes apart.
    const other = MODES[(MODES.indexOf(mode) + 1) % MODES.length];
    expect(files).not.toStrictEqual(expectedFiles(other, join(directory, `not-${mode}`)));
  });

  test('writes with the app of the quick start what it is in TypeScript', () => {
    const outdir = join(directory, 'guide');
    run(project.guide, { cwd: project.directory, env: { ...project.env, CDK8S_OUTDIR: outdir } });
    expect(Object.keys(filesOf(outdir))).toStrictEqual(['0000-profiles.k8s.yaml', '0001-web.k8s.yaml']);
    expect(filesOf(outdir)).toStrictEqual(filesOfGuide(join(directory, 'guide-typescript')));
  });

  test('fails on an unknown mode, and lists the three', () => {
    const { status, stdout, stderr, files } = synthesize('strict');
    expect({ status, files }).toStrictEqual({ status: 1, files: {} });
    expect(stdout + stderr).toContain('"strict" is not a seccomp mode, expected one of unconfined, runtime-default: for localhost use SeccompMode.localhost(profile)');
  });

  test.each([
    ['a bad document', 'document', () => SeccompProfile.fromJson('{ "defaultAction": "SCMP_ACT_ALOW" }')],
    ['a privileged container under a profile', 'privileged', synthesizePrivilegedContainer],
  ])('tells the whole reason why %s is refused', (_, what, action) => {
    const outdir = join(directory, what);
    const printed = run([...project.errors, what], { cwd: project.directory, env: { ...project.env, CDK8S_OUTDIR: outdir } });
    expect(printed).toContain(messageOf(action));
    expect(filesOf(outdir)).toStrictEqual({});
  });
}
