import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-28';
import { SeccompMode, SeccompPolicy } from '../../src';

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stderr, 'write').mockImplementation(text => printed.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

interface Setup {
  readonly labels: Record<string, string>;
  readonly mode: SeccompMode;
  readonly outdir?: string;
}

/** The workloads in one chart, the namespace in another that comes after it. */
function appWith({ labels, mode, outdir }: Setup): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'workloads', { namespace: 'strict' });
  new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'alone' }, spec: { containers: [{ name: 'a', image: 'a' }] } });
  new Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'web:1', name: 'web' }], spread: true });
  new ApiObject(chart, 'elsewhere', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'else', namespace: 'other' }, spec: { containers: [{ name: 'a', image: 'a' }] } });
  new Namespace(new Chart(app, 'namespaces'), 'strict', { metadata: { name: 'strict', labels } });
  SeccompPolicy.of(app).apply(mode);
  return app;
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const REFUSED = (level: string, detail: string) => [
  `[workloads/pod] pods "alone" is forbidden: violates PodSecurity "${level}": seccompProfile (${detail})`,
  `[workloads/web/Resource] Deployment web: pods is forbidden: violates PodSecurity "${level}": seccompProfile (${detail})`,
];

function errorsOf(app: App): string[] {
  try {
    app.synthYaml();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n  ').slice(1);
  }
}

test.each<[string, Record<string, string>, SeccompMode, string[]]>([
  ['restricted, Unconfined', { [ENFORCE]: 'restricted' }, SeccompMode.UNCONFINED,
    REFUSED('restricted:latest', 'pod must not set securityContext.seccompProfile.type to "Unconfined"')],
  ['baseline, Unconfined', { [ENFORCE]: 'baseline', [`${ENFORCE}-version`]: 'v1.27' }, SeccompMode.UNCONFINED,
    REFUSED('baseline:v1.27', 'pod must not set securityContext.seccompProfile.type to "Unconfined"')],
  ['restricted, RuntimeDefault', { [ENFORCE]: 'restricted' }, SeccompMode.RUNTIME_DEFAULT, []],
  ['privileged, Unconfined', { [ENFORCE]: 'privileged' }, SeccompMode.UNCONFINED, []],
  ['no label, Unconfined', {}, SeccompMode.UNCONFINED, []],
])('holds pods to the labels of their namespace: %s', (_, labels, mode, errors) => {
  expect(errorsOf(appWith({ labels, mode }))).toStrictEqual(errors);
  expect(printed).toStrictEqual([]);
});

test('warns of what a namespace only reports, once', () => {
  const app = appWith({ labels: { 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'restricted' }, mode: SeccompMode.UNCONFINED });
  expect(errorsOf(app)).toStrictEqual([]);
  const detail = 'would violate PodSecurity "restricted:latest": seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")';
  expect(printed).toStrictEqual([
    `warning: [workloads/pod] ${detail}\n`,
    `warning: [workloads/web/Resource] Deployment web: ${detail}\n`,
  ]);
});

describe('with files', () => {
  const directory = mkdtempSync(join(tmpdir(), 'admission-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('writes nothing when a pod would be refused', () => {
    const outdir = join(directory, 'refused');
    expect(() => appWith({ labels: { [ENFORCE]: 'restricted' }, mode: SeccompMode.UNCONFINED, outdir }).synth()).toThrow('Validation failed');
    expect(existsSync(outdir) ? readdirSync(outdir) : []).toStrictEqual([]);
  });

  test('writes the same as without labels', () => {
    const variants: Record<string, string>[] = [{ [ENFORCE]: 'restricted' }, {}];
    const texts = variants.map((labels, index) => {
      const outdir = join(directory, String(index));
      appWith({ labels, mode: SeccompMode.RUNTIME_DEFAULT, outdir }).synth();
      return readFileSync(join(outdir, 'workloads.k8s.yaml'), 'utf8');
    });
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0].match(/podAntiAffinity/g)).toHaveLength(1);
    expect(texts[0].match(/topologyKey/g)).toHaveLength(2);
  });
});

test('judges again what has changed since the last synth', () => {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'strict' });
  new Namespace(chart, 'strict', { metadata: { name: 'strict', labels: { [ENFORCE]: 'baseline' } } });
  const pod = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'a', image: 'a' }] } });
  SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
  expect(() => Testing.synth(chart)).not.toThrow();
  pod.addJsonPatch(JsonPatch.add('/spec/securityContext', { seccompProfile: { type: 'Unconfined' } }));
  expect(() => Testing.synth(chart)).toThrow('[chart/pod] pods "p" is forbidden: violates PodSecurity "baseline:latest"');
});

test('judges again after a synth that it failed', () => {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'strict' });
  new Namespace(chart, 'strict', { metadata: { name: 'strict', labels: { [ENFORCE]: 'baseline' } } });
  const securityContext = { seccompProfile: { type: 'Unconfined' } };
  const spec = Lazy.any({ produce: () => ({ containers: [{ name: 'a', image: 'a' }], securityContext }) });
  new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec });
  SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
  expect(() => app.synthYaml()).toThrow('pods "p" is forbidden');
  securityContext.seccompProfile.type = 'RuntimeDefault';
  expect(() => app.synthYaml()).not.toThrow();
});
