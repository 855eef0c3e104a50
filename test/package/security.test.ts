import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { preProcessFile } from 'typescript';
import { MindieProfileDaemonSet, NodeGate, ThreadProbe } from '../../src';

// What SECURITY.md claims of the package.

const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'prepare'];

const installScripts = ({ scripts = {} }: { scripts?: object }): string[] => Object.keys(scripts).filter(name => ON_INSTALL.includes(name));
const reachesOut = (source: string): string[] => preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName.replace(/^node:/, ''))
  .filter(name => ['child_process', 'cluster', 'dgram', 'dns', 'http', 'http2', 'https', 'net', 'tls', 'worker_threads'].includes(name.split('/')[0]));

// The linter warns of the reference profile.
beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

/** The bundled dependencies, and what they need in turn. */
function bundled(names: string[] = PACKAGE.bundledDependencies, found = new Map<string, any>()): Map<string, any> {
  for (const name of names.filter(each => !found.has(each))) {
    const dependency = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
    bundled(Object.keys(dependency.dependencies ?? {}), found.set(name, dependency));
  }
  return found;
}

test('runs nothing when it is installed, nor do its dependencies', () => {
  const dependencies = bundled();
  // npm runs `prepare` of a git checkout only; a packed dependency may have it.
  expect([PACKAGE, ...dependencies.values()].flatMap(each => installScripts(each).filter(name => each === PACKAGE || name !== 'prepare'))).toStrictEqual([]);
  expect(installScripts({ scripts: { postinstall: 'node x.js', test: 'jest' } })).toStrictEqual(['postinstall']);
  expect(PACKAGE.bundledDependencies.sort()).toStrictEqual(Object.keys(PACKAGE.dependencies).sort());
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect([...dependencies.keys()].filter(name => !packages[`node_modules/${name}`].inBundle)).toStrictEqual([]);
  expect([...dependencies.keys()]).toContain('argparse');
});

test('opens no connection and starts no process', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  expect(files.filter(name => reachesOut(readFileSync(join('src', name), 'utf8')).length > 0)).toStrictEqual([]);
  expect(reachesOut("import { get } from 'node:https';\nconst { spawn } = require('child_process');")).toStrictEqual(['https', 'child_process']);
});

test('publishes without a token to the registries that it names', () => {
  const workflow = readFileSync('.github/workflows/release.yml', 'utf8');
  for (const name of ['NPM_TRUSTED_PUBLISHER', 'NPM_CONFIG_PROVENANCE', 'PYPI_TRUSTED_PUBLISHER', 'NUGET_TRUSTED_PUBLISHER']) expect(workflow).toMatch(new RegExp(`${name}: "true"`));
  expect(workflow).not.toMatch(/secrets\.(NPM|TWINE|NUGET_API)/);
});

interface PodSpec {
  readonly containers: readonly { readonly securityContext: object }[];
  readonly volumes: readonly { readonly hostPath?: { readonly path: string } }[];
  readonly automountServiceAccountToken: boolean;
  readonly hostNetwork?: boolean;
}

/** The pods of a chart with what is made in it. */
function podsOf(add: (chart: Chart) => unknown): PodSpec[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'seccomp-profiles' });
  add(chart);
  return chart.toJson().filter(({ kind }) => kind === 'DaemonSet').map(({ spec }) => spec.template.spec);
}

const hostPaths = ({ volumes }: PodSpec) => volumes.flatMap(({ hostPath }) => hostPath?.path ?? []);

test.each<[what: string, add: (chart: Chart) => unknown, user: number, paths: string[], token: boolean]>([
  ['installer', chart => new MindieProfileDaemonSet(chart, 'Profile'), 0, ['/var/lib/kubelet/seccomp'], false],
  ['installer with feature files', chart => new MindieProfileDaemonSet(chart, 'Profile', { nodeGate: NodeGate.nodeFeatureDiscovery() }), 0,
    ['/var/lib/kubelet/seccomp', '/etc/kubernetes/node-feature-discovery/features.d'], false],
  ['installer with labels', chart => new MindieProfileDaemonSet(chart, 'Profile', { nodeGate: NodeGate.nodeLabel() }), 0, ['/var/lib/kubelet/seccomp'], true],
  ['probe', chart => new ThreadProbe(chart, 'Probe', { image: 'app:1.0.0' }), 65534, [], false],
])('gives the %s these rights and no others', (_, add, user, paths, token) => {
  const pods = podsOf(add);
  expect(pods).toHaveLength(1);
  const [pod] = pods;
  expect(hostPaths(pod)).toStrictEqual(paths);
  expect(pod.automountServiceAccountToken).toBe(token);
  expect(pod.hostNetwork).toBeUndefined();
  for (const { securityContext } of pod.containers) {
    expect(securityContext).toMatchObject({
      runAsUser: user, privileged: false, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] },
    });
    expect(securityContext).not.toHaveProperty('capabilities.add');
  }
});
