import { ApiObject, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { Deployment } from 'cdk8s-plus-33';
import { SeccompMode, SeccompPolicy } from '../../src';

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stderr, 'write').mockImplementation(text => printed.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const POD = '/spec/template/spec';
const CONTAINER = { name: 'main', image: 'a:1' };

interface Case {
  readonly containers?: plus.ContainerProps;
  readonly patches: readonly JsonPatch[];
  readonly report: readonly string[];
  /** Of the pod, and of its containers. */
  readonly profiles: readonly unknown[];
  readonly warnings?: readonly string[];
}

const SET = (reason = 'had none') => [`set, RuntimeDefault: ${reason}`];
const CASES: Record<string, Case> = {
  'replaces the privileged context of a container': {
    containers: { image: 'a:1', securityContext: { privileged: true, allowPrivilegeEscalation: true } },
    patches: [JsonPatch.replace(`${POD}/containers/0/securityContext`, { capabilities: { add: ['NET_ADMIN'] } })],
    report: SET(),
    profiles: [{ type: 'RuntimeDefault' }, undefined],
  },
  'adds a context to the pod': {
    patches: [JsonPatch.add(`${POD}/securityContext`, { fsGroup: 1000 })], report: SET(), profiles: [{ type: 'RuntimeDefault' }, undefined],
  },
  'removes the context of the pod': {
    patches: [JsonPatch.remove(`${POD}/securityContext`)], report: SET(), profiles: [{ type: 'RuntimeDefault' }, undefined],
  },
  'replaces the pod': {
    patches: [JsonPatch.add(POD, { containers: [CONTAINER] })], report: SET(), profiles: [{ type: 'RuntimeDefault' }, undefined],
  },
  'adds a container that is Unconfined': {
    patches: [JsonPatch.add(`${POD}/containers/-`, { ...CONTAINER, name: 'side', securityContext: { seccompProfile: { type: 'Unconfined' } } })],
    report: SET('had none, container "side" keeps Unconfined'),
    profiles: [{ type: 'RuntimeDefault' }, undefined, { type: 'Unconfined' }],
    warnings: ['warning: [test/d/Resource] container "side" keeps seccompProfile Unconfined under the policy\'s RuntimeDefault: remove it, or pass override\n'],
  },
  'makes a container privileged': {
    patches: [JsonPatch.add(`${POD}/containers/0/securityContext/privileged`, true)],
    report: ['skipped, : container "main" is privileged: the kernel applies no profile to a privileged container'],
    profiles: [undefined, undefined],
  },
  'says the mode of the pod': {
    patches: [JsonPatch.add(`${POD}/securityContext/seccompProfile`, { type: 'Localhost', localhostProfile: 'own.json' })],
    report: ['kept, Localhost own.json: already Localhost own.json'],
    profiles: [{ type: 'Localhost', localhostProfile: 'own.json' }, undefined],
  },
};

const profilesOf = (spec: any) => [spec, ...spec.containers].map(({ securityContext }) => securityContext?.seccompProfile);
const reportOf = (policy: SeccompPolicy) => policy.report().map(({ outcome, mode, reason }) => `${outcome}, ${mode}: ${reason}`);

test.each(Object.entries(CASES))('decides on the manifest when a patch %s', (_, { containers = {}, patches, report, profiles, warnings = [] }) => {
  const chart = Testing.chart();
  const deployment = new Deployment(chart, 'd', { containers: [{ name: 'main', image: 'a:1', ...containers }] as any });
  ApiObject.of(deployment).addJsonPatch(...patches);
  const policy = SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
  const [{ spec }] = Testing.synth(chart);
  expect({ report: reportOf(policy), profiles: profilesOf(spec.template.spec), printed }).toStrictEqual({ report, profiles, printed: warnings });
});

test('sees a specification that comes as a patch, as it does in Python', () => {
  const chart = Testing.chart();
  const object = new ApiObject(chart, 'raw', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'raw' } });
  object.addJsonPatch(JsonPatch.add('/spec', { template: { spec: { containers: [CONTAINER] } } }));
  const policy = SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
  expect(Testing.synth(chart)[0].spec.template.spec).toStrictEqual({ containers: [CONTAINER], securityContext: { seccompProfile: { type: 'RuntimeDefault' } } });
  expect(reportOf(policy)).toStrictEqual(SET());
});

test('names what the manifest names', () => {
  const chart = Testing.chart();
  const pod = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'before' }, spec: { containers: [CONTAINER] } });
  pod.addJsonPatch(JsonPatch.replace('/metadata/name', 'after'));
  const policy = SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
  Testing.synth(chart);
  expect(policy.report().map(({ resource }) => resource)).toStrictEqual(['Pod after']);
});

describe('an object with a toJson of its own', () => {
  class Sidecar extends ApiObject {
    public toJson(): any {
      const manifest = super.toJson();
      return { ...manifest, spec: { ...manifest.spec, containers: [...manifest.spec.containers, { name: 'side', image: 's', securityContext: { privileged: true } }] } };
    }
  }
  const withPod = (chart: Chart) => new Sidecar(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [CONTAINER] } });

  test('is judged by what that makes', () => {
    const chart = Testing.chart();
    withPod(chart);
    const policy = SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
    Testing.synth(chart);
    expect(reportOf(policy)).toStrictEqual(['skipped, : container "side" is privileged: the kernel applies no profile to a privileged container']);
  });

  test('is judged so when the object itself was given one', () => {
    const chart = Testing.chart();
    const object = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [CONTAINER] } });
    object.toJson = () => ({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [CONTAINER, { name: 'late', image: 'l' }] } });
    SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
    expect(profilesOf(Testing.synth(chart)[0].spec)).toStrictEqual([{ type: 'RuntimeDefault' }, undefined, undefined]);
  });

  test('has the mode of cdk8s\' own method when another language overrides it for good', () => {
    const chart = Testing.chart();
    const object = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [CONTAINER] } });
    Object.defineProperty(object, 'toJson', { configurable: false, writable: false, value: () => ApiObject.prototype.toJson.call(object) });
    SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
    expect(profilesOf(Testing.synth(chart)[0].spec)).toStrictEqual([{ type: 'RuntimeDefault' }, undefined]);
  });
});

test('gives an object its mode that is rendered by itself', () => {
  const chart = Testing.chart();
  SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
  const pod = new plus.k8s.KubePod(chart, 'pod', { spec: { containers: [CONTAINER] } });
  expect(profilesOf(pod.toJson().spec)).toStrictEqual([{ type: 'RuntimeDefault' }, undefined]);
});

test('is seen by the methods of classes, which other languages call', () => {
  const chart = Testing.chart();
  const pod = new plus.k8s.KubePod(chart, 'pod', { spec: { containers: [CONTAINER] } });
  const { root: app } = chart.node;
  SeccompPolicy.of(chart).apply(SeccompMode.RUNTIME_DEFAULT);
  const called = ([[app, 'synthYaml'], [chart, 'toJson'], [pod, 'toJson']] as [any, string][])
    .map(([object, method]) => JSON.stringify(object.constructor.prototype[method].call(object)).match(/RuntimeDefault/g));
  expect(called).toStrictEqual([['RuntimeDefault'], ['RuntimeDefault'], ['RuntimeDefault']]);
});

describe('the place of what is added', () => {
  const RENDERED = { spec: Lazy.any({ produce: () => ({ volumes: [], containers: [CONTAINER], securityContext: { sysctls: [], fsGroup: 1 } }) }) };
  const synth = (secured: boolean) => {
    const chart = Testing.chart();
    const object = new ApiObject(chart, 'd', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, ...RENDERED });
    object.addJsonPatch(JsonPatch.add('/spec/hostNetwork', true));
    if (secured) SeccompPolicy.of(chart).apply(SeccompMode.localhostPath('a.json'));
    return JSON.stringify(Testing.synth(chart)[0].spec);
  };
  const keys = (text: string) => text.replaceAll('"seccompProfile":{"localhostProfile":"a.json","type":"Localhost"},', '');

  test('is where cdk8s sorts it, and nothing else moves', () => {
    expect(synth(true)).toContain('{"fsGroup":1,"seccompProfile":{"localhostProfile":"a.json","type":"Localhost"},"sysctls":[]}');
    expect(keys(synth(true))).toBe(synth(false));
  });

  test('is the end when cdk8s does not sort', () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    try {
      expect(synth(true)).toContain('{"sysctls":[],"fsGroup":1,"seccompProfile":{"type":"Localhost","localhostProfile":"a.json"}}');
      expect(synth(true).replace(',"seccompProfile":{"type":"Localhost","localhostProfile":"a.json"}', '')).toBe(synth(false));
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
  });
});
