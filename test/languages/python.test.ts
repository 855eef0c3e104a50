import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { CACHE, pacmak, run, tryRun } from './commands';
import { emptyDirectory, ofGuide, proveExample } from './example';

const venv = join(emptyDirectory(), 'venv');
const env = { PATH: `${venv}/bin:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '1' };
let packages: string;
const built = (ending: string) => join(packages, readdirSync(packages).find(file => file.endsWith(ending))!);

beforeAll(() => {
  rmSync(join(CACHE, 'packages', 'python'), { recursive: true, force: true });
  packages = pacmak('python', ['.']);
  run(['python3', '-m', 'venv', venv]);
});

proveExample('python', 'requirements.txt', directory => {
  run(['pip', 'install', '--quiet', built('.whl'), '--requirement', 'requirements.txt'], { cwd: directory, env });
  copyFileSync('test/languages/errors/errors.py', join(directory, 'errors.py'));
  writeFileSync(join(directory, 'guide.py'), ofGuide('main.py'));
  return { directory, env, errors: ['python', 'errors.py'], guide: ['python', 'guide.py'] };
});

test('installs the same files from the source distribution', () => {
  const target = join(venv, 'from-source');
  run(['pip', 'install', '--quiet', '--no-deps', '--no-compile', '--target', target, built('.tar.gz')], { env });
  const filesBelow = (directory: string) =>
    readdirSync(directory, { recursive: true }).map(String).filter(file => !file.includes('__pycache__')).sort();
  const [library] = run(['python', '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], { env }).split('\n');
  expect(filesBelow(join(target, 'cdk8s_seccomp'))).toStrictEqual(filesBelow(join(library, 'cdk8s_seccomp')));
});

describe('the command that pip installs', () => {
  const profile = join(venv, 'profile.json');
  const installed = join(venv, 'bin', 'cdk8s-seccomp');
  const own = resolve('bin/cdk8s-seccomp');
  beforeAll(() => writeFileSync(profile, '{ "defaultAction": "SCMP_ACT_ALOW" }'));

  test.each<[args: string[], status: number, stdout: RegExp, stderr: RegExp]>([
    [['lint', 'profile.json'], 1, /1:20  error  invalid-profile/, /^$/],
    [['lint', 'no-such-file.json'], 2, /^$/, /^cdk8s-seccomp: no-such-file.json: cannot be read/],
    [['rules'], 0, /mixed-endian-architectures/, /^$/],
    [['--version'], 0, /^0\.0\.0\n$/, /^$/],
  ])('does what the one from npm does with %j', (args, status, stdout, stderr) => {
    const result = tryRun([installed, ...args], { cwd: venv, env });
    expect(result).toStrictEqual(tryRun([own, ...args], { cwd: venv }));
    expect(result).toStrictEqual({ status, stdout: expect.stringMatching(stdout), stderr: expect.stringMatching(stderr) });
  });

  test('reads a profile from a pipe', () => {
    const input = readFileSync(profile, 'utf8');
    const result = tryRun([installed, 'lint', '-'], { env, input });
    expect(result).toStrictEqual(tryRun([own, 'lint', '-'], { input }));
    expect(result).toMatchObject({ status: 1, stdout: expect.stringContaining('1:20  error  invalid-profile') });
  });
});
