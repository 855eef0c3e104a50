import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App } from 'cdk8s';
import { MindieMotorChart } from '../../examples/mindie-motor/mindie-motor-chart';
import { chooseSeccompMode } from '../../examples/mindie-motor/seccomp-mode';
import { synthesize, withoutDigests } from '../synthesize';

test.each(['unconfined', 'runtime-default', 'localhost'])('synthesizes with every pod in mode %s', mode => {
  const app = new App();
  new MindieMotorChart(app, 'mindie-motor', { seccomp: chooseSeccompMode(app, mode) });
  const manifests = app.charts.flatMap(synthesize);
  // The installer has tests of its own.
  const configMaps = manifests.filter(({ kind }) => kind === 'ConfigMap');
  configMaps.flatMap(({ data }) => Object.keys(data).filter(key => key.endsWith('.sh')).map(key => delete data[key]));
  expect(withoutDigests(manifests)).toMatchSnapshot();
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
