import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Deployment, Namespace, SeccompProfileType } from 'cdk8s-plus-28';
import { MindieProfileDaemonSet, SeccompMode, SeccompPolicy } from '../../src';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const directory = mkdtempSync(join(tmpdir(), 'renderings-'));
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

/** Two charts with a Deployment each, in a namespace that enforces restricted. */
function setup(app = Testing.app()) {
  const [c1, c2] = ['c1', 'c2'].map(id => new Chart(app, id, { namespace: 'infer' }));
  new Namespace(c1, 'N', { metadata: { name: 'infer', labels: { [ENFORCE]: 'restricted' } } });
  SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
  const [d1, d2] = [c1, c2].map(chart => new Deployment(chart, 'D', { containers: [{ image: 'a:1' }], spread: true }));
  return { app, c1, c2, d1, d2 };
}

const UNCONFINED = { name: 'bad', image: 'b:1', securityContext: { seccompProfile: { type: SeccompProfileType.UNCONFINED } } };
const containersOf = (manifests: any[]) => manifests.filter(({ kind }) => kind === 'Deployment')
  .map(({ spec }) => spec.template.spec.containers.map(({ name }: any) => name));
const spreadsOf = (text: string) => text.match(/topologyKey/g)?.length;

test('renders what was added to one chart after another was rendered', () => {
  const { c1, c2, d2 } = setup();
  Testing.synth(c1);
  d2.addContainer({ name: 'side', image: 'b:1' });
  expect(containersOf(Testing.synth(c2))).toStrictEqual([['main', 'side']]);
});

test('refuses, each time, what was added to a chart after it was rendered', () => {
  const { c1, d1 } = setup();
  Testing.synth(c1);
  d1.addContainer(UNCONFINED);
  for (let round = 0; round < 3; round++) expect(() => Testing.synth(c1)).toThrow('[c1/D/Resource] Deployment c1-d-c86108bb: pods is forbidden');
});

test.each(['synth', 'synthYaml'] as const)('remembers nothing of an app.%s() that another validation failed', how => {
  const { app, d1, d2 } = setup();
  const errors = ['not yet'];
  app.node.addValidation({ validate: () => errors });
  expect(() => app[how]()).toThrow('not yet');
  errors.pop();
  d2.addContainer({ name: 'side', image: 'b:1' });
  const text = app.synthYaml();
  expect(text).toContain('name: side');
  // What was not rendered has not spread either: twice for each of the two.
  expect(spreadsOf(text)).toBe(4);
  d1.addContainer(UNCONFINED);
  expect(() => app[how]()).toThrow('pods is forbidden');
});

test('renders each object once in a synth, whoever depends on it', () => {
  const app = new App({ outdir: join(directory, 'once') });
  setup(app);
  const rendered: string[] = [];
  for (const id of ['c3', 'c0']) {
    const chart = new Chart(app, id, { namespace: 'infer' });
    const spec = Lazy.any({ produce: () => rendered.push(id) && { containers: [{ name: 'a', image: 'a' }] } });
    new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', spec });
  }
  app.node.findChild('c3').node.addDependency(app.node.findChild('c0'));
  app.synth();
  expect(rendered).toStrictEqual(['c0', 'c3']);
  expect(readdirSync(join(directory, 'once')).flatMap(name => spreadsOf(readFileSync(join(directory, 'once', name), 'utf8')) ?? [])).toStrictEqual([2, 2]);
});

test('renders of other charts only Namespaces when one chart is asked for', () => {
  const { app, c1, c2 } = setup();
  Testing.synth(c1);
  Testing.synth(c1);
  expect(spreadsOf(JSON.stringify(Testing.synth(c2)))).toBe(2);
  expect(spreadsOf(app.synthYaml())).toBe(6 + 4);
});

test('sees all that is refused in a chart, and nothing of another one', () => {
  const { c2, d1, d2 } = setup();
  d1.addContainer(UNCONFINED);
  expect(() => Testing.synth(c2)).not.toThrow();
  d2.addContainer(UNCONFINED);
  new ApiObject(c2, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [UNCONFINED] } });
  expect(() => Testing.synth(c2)).toThrow(/^Validation failed with the following errors:\n {2}\[c2\/D\/Resource\] .*\n {2}\[c2\/pod\] .*$/);
});

test.each(Object.values(YamlOutputType).filter((each): each is YamlOutputType => typeof each === 'number').map(type => [YamlOutputType[type], type]))(
  'writes no file as %s when the last chart has what a Namespace refuses', (name, yamlOutputType) => {
    const outdir = join(directory, String(name));
    const { app, d2 } = setup(new App({ outdir, yamlOutputType: yamlOutputType as YamlOutputType }));
    d2.addContainer(UNCONFINED);
    expect(() => app.synth()).toThrow('[c2/D/Resource]');
    const files = existsSync(outdir) ? readdirSync(outdir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()) : [];
    expect(files).toStrictEqual([]);
    ApiObject.of(d2).addJsonPatch(JsonPatch.remove('/spec/template/spec/containers/1'));
    app.synth();
    expect(readdirSync(outdir)).not.toStrictEqual([]);
  });

test('goes by the labels of a Namespace as they are now', () => {
  const { app, c1, c2, d2 } = setup();
  d2.addContainer(UNCONFINED);
  const namespace = ApiObject.of(c1.node.findChild('N'));
  expect(() => app.synthYaml()).toThrow('restricted:latest');
  namespace.addJsonPatch(JsonPatch.replace(`/metadata/labels/${ENFORCE.replace('/', '~1')}`, 'privileged'));
  expect(containersOf(Testing.synth(c2))).toStrictEqual([['main', 'bad']]);
});

test('goes by the namespace that a patch gives to a pod', () => {
  const { c2 } = setup();
  const pod = new ApiObject(c2, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'other' }, spec: { containers: [UNCONFINED] } });
  expect(() => Testing.synth(c2)).not.toThrow();
  pod.addJsonPatch(JsonPatch.replace('/metadata/namespace', 'infer'));
  expect(() => Testing.synth(c2)).toThrow('pods "p" is forbidden');
});

test('forgets in the report what is no longer there', () => {
  const { app, c2, d2 } = setup();
  const policy = SeccompPolicy.of(app);
  app.synthYaml();
  expect(policy.report().map(({ construct }) => construct)).toStrictEqual(['c1/D/Resource', 'c2/D/Resource']);
  ApiObject.of(d2).addJsonPatch(JsonPatch.remove('/spec/template'));
  Testing.synth(c2);
  expect(policy.report().map(({ construct }) => construct)).toStrictEqual(['c1/D/Resource']);
  c2.node.tryRemoveChild('D');
  app.node.tryRemoveChild('c1');
  expect(policy.report()).toStrictEqual([]);
});

describe('a resolver', () => {
  const pod = (chart: Chart) => new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'a', image: 'a' }] } });

  test('is a policy for each App that has it', () => {
    const props = { resolvers: [SeccompPolicy.resolver(SeccompMode.RUNTIME_DEFAULT)] };
    for (let round = 0; round < 2; round++) {
      const app = Testing.app(props);
      const chart = new Chart(app, 'chart');
      pod(chart);
      expect(Testing.synth(chart)[0].spec.securityContext).toStrictEqual({ seccompProfile: { type: 'RuntimeDefault' } });
      expect(SeccompPolicy.of(app).report().map(({ outcome }) => outcome)).toStrictEqual(['set']);
      expect(() => SeccompPolicy.of(app).apply(SeccompMode.UNCONFINED)).toThrow('the app has a seccomp policy already');
    }
  });

  test('has the options of a policy', () => {
    const chart = new Chart(Testing.app({ resolvers: [SeccompPolicy.resolver(SeccompMode.RUNTIME_DEFAULT, { override: true })] }), 'chart');
    pod(chart).addJsonPatch(JsonPatch.add('/spec/securityContext', { seccompProfile: { type: 'Unconfined' } }));
    expect(Testing.synth(chart)[0].spec.securityContext).toStrictEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('fails as a second one of an App', () => {
    const resolvers = [SeccompMode.RUNTIME_DEFAULT, SeccompMode.UNCONFINED].map(mode => SeccompPolicy.resolver(mode));
    const chart = new Chart(Testing.app({ resolvers }), 'chart');
    expect(() => Testing.synth(chart)).toThrow('the app has a seccomp policy already');
  });
});

test('applies to one app of two', () => {
  const [secured, plain] = [Testing.chart(), Testing.chart()];
  for (const chart of [secured, plain]) new Deployment(chart, 'D', { containers: [{ image: 'a:1' }] });
  SeccompPolicy.of(secured).apply(SeccompMode.RUNTIME_DEFAULT);
  expect([secured, plain].map(chart => Testing.synth(chart)[0].spec.template.spec.securityContext.seccompProfile)).toStrictEqual([{ type: 'RuntimeDefault' }, undefined]);
});

test('names the file of a chart after the one with the profile, in synth and in synthYaml', () => {
  const app = new App({ outdir: join(directory, 'first') });
  new Deployment(new Chart(app, 'a'), 'D', { containers: [{ image: 'a:1' }] });
  SeccompPolicy.of(app).apply(SeccompMode.localhost(new MindieProfileDaemonSet(new Chart(app, 'z'), 'P')));
  expect(app.synthYaml().indexOf('kind: DaemonSet')).toBeLessThan(app.synthYaml().indexOf('kind: Deployment'));
  app.synth();
  expect(readdirSync(join(directory, 'first'))).toStrictEqual(['0000-z.k8s.yaml', '0001-a.k8s.yaml']);
});

describe('with an older cdk8s', () => {
  const TOO_OLD = 'cdk8s 2.70.0 has no resolvers, expected 2.70.0 or later: upgrade cdk8s and cdk8s-plus first, then add the policy';

  test('fails in words for an App without resolvers', () => {
    const app = Testing.app();
    Object.defineProperty(app, 'resolvers', { value: undefined });
    expect(() => SeccompPolicy.of(app)).toThrow(TOO_OLD);
  });

  test('fails in words for the properties of one', () => {
    jest.isolateModules(() => {
      jest.doMock('cdk8s', () => ({ ...jest.requireActual('cdk8s'), ResolutionContext: undefined }));
      const policy = jest.requireActual('../../src/policy/seccomp-policy').SeccompPolicy;
      expect(() => policy.resolver(SeccompMode.RUNTIME_DEFAULT)).toThrow(TOO_OLD);
      jest.dontMock('cdk8s');
    });
  });
});

test.each([['RuntimeDefault', '"RuntimeDefault"'], [undefined, 'undefined'], [{ type: 'RuntimeDefault' }, '{"type":"RuntimeDefault"}']])('fails on %j as a mode', (mode, shown) => {
  const message = `expected a SeccompMode such as SeccompMode.RUNTIME_DEFAULT, got ${shown}`;
  expect(() => SeccompPolicy.of(Testing.chart()).apply(mode as any)).toThrow(message);
  expect(() => SeccompPolicy.resolver(mode as any)).toThrow(message);
});
