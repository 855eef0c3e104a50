import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { manifestsOf, resourcesIn, yamlOf } from './mindie-motor';

const MODES = {
  'unconfined': { type: 'Unconfined' },
  'runtime-default': { type: 'RuntimeDefault' },
  'localhost': { type: 'Localhost', localhostProfile: 'profiles/mindie/mindie-motor-seccomp-blacklist.json' },
};

/** With another mode wherever one stands. */
function inMode(manifests: readonly any[], seccompProfile: object): any[] {
  return JSON.parse(JSON.stringify(manifests), (key, value) => key === 'seccompProfile' ? seccompProfile : value);
}

describe('the app', () => {
  let unconfined: any[];
  beforeAll(() => {
    [unconfined] = manifestsOf('unconfined');
  });

  const engine = (role: string) => unconfined.find(({ metadata }) => metadata.name === `mindie-motor-${role}-0`);

  test('has these resources, in this order', () => {
    expect(resourcesIn(unconfined)).toMatchSnapshot();
  });

  test.each(['Namespace', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Deployment', 'Service'])('has these resources of kind %s, in mode unconfined', kind => {
    expect(yamlOf(unconfined.filter(each => each !== engine('decode')), kind)).toMatchSnapshot();
  });

  test('runs the engine that decodes like the one that prefills', () => {
    // cdk8s makes labels of the address of a construct.
    const text = (role: string) => JSON.stringify(engine(role)).replace(/-c8[0-9a-f]{6}"/g, '-<address>"');
    expect(text('decode')).toBe(text('prefill').replaceAll('prefill', 'decode'));
    expect(text('decode')).not.toBe(text('prefill'));
  });

  test.each(Object.entries(MODES))('differs in mode %s by the mode of its six pods alone', (mode, seccompProfile) => {
    const manifests = manifestsOf(mode).at(-1)!;
    expect(manifests).toStrictEqual(inMode(unconfined, seccompProfile));
    expect(JSON.stringify(manifests).match(/"seccompProfile":/g)).toHaveLength(6);
  });

  test('would notice another difference', () => {
    const [manifests] = manifestsOf('runtime-default');
    manifests.at(-1).metadata.name = 'other';
    expect(manifests).not.toStrictEqual(inMode(unconfined, MODES['runtime-default']));
  });

  test('has a profile before it in mode localhost alone', () => {
    expect(Object.keys(MODES).map(mode => manifestsOf(mode).length)).toStrictEqual([1, 1, 2]);
  });
});

describe('main.ts', () => {
  const run = (env: Record<string, string | undefined>) => {
    const directory = mkdtempSync(join(tmpdir(), 'mindie-motor-'));
    const { status, stderr } = spawnSync(process.execPath, [resolve('node_modules/tsx/dist/cli.mjs'), 'main.ts'], {
      cwd: 'examples/mindie-motor', env: { ...process.env, ...env, CDK8S_OUTDIR: directory }, encoding: 'utf8',
    });
    const files = readdirSync(directory).sort();
    const text = files.map(file => readFileSync(join(directory, file), 'utf8')).join('');
    rmSync(directory, { recursive: true });
    return { status, stderr, files, text };
  };

  test('uses the Localhost profile by default, and writes it before the pods', () => {
    const { status, files, text } = run({ SECCOMP_MODE: undefined });
    expect({ status, files }).toStrictEqual({ status: 0, files: ['0000-seccomp-profiles.k8s.yaml', '0001-mindie-motor.k8s.yaml'] });
    expect(text.match(/type: Localhost/g)).toHaveLength(6);
  });

  test('fails on an unknown mode, and lists the three', () => {
    const { status, stderr, files } = run({ SECCOMP_MODE: 'strict' });
    expect({ status, files }).toStrictEqual({ status: 1, files: [] });
    expect(stderr).toContain('"strict" is not a seccomp mode, expected one of unconfined, runtime-default: for localhost use SeccompMode.localhost(profile)');
  });
});
