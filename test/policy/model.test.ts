import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { Deployment, Namespace, SeccompProfileType } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { SeccompMode, SeccompPolicy } from '../../src';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 40);
const LABEL = 'pod-security.kubernetes.io/enforce';
const CHARTS = 2;

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

/** What is done to an app, one after the other. */
type Step =
  | { readonly do: 'render' | 'add container' | 'patch' | 'weaken' | 'add pod'; readonly chart: number }
  | { readonly do: 'render all' | 'fail' }
  | { readonly do: 'label'; readonly level: string };

const CHANGES: readonly Step['do'][] = ['add container', 'patch', 'weaken', 'add pod', 'label'];

const steps = fc.array(fc.oneof(
  fc.record({ do: fc.constantFrom('render' as const, 'add container' as const, 'patch' as const, 'weaken' as const, 'add pod' as const), chart: fc.nat(CHARTS - 1) }),
  fc.record({ do: fc.constantFrom('render all' as const, 'fail' as const) }),
  fc.record({ do: fc.constant('label' as const), level: fc.constantFrom('privileged', 'baseline', 'restricted') }),
), { minLength: 1, maxLength: 12 });

type Secure = (app: App) => void;
type Outcome = { readonly manifests: any[] } | { readonly error: string };

/** An app with a Namespace and Deployments, spread or not. A spread one gets a term more each time it is rendered. */
class Model {
  public readonly app = Testing.app();
  private readonly errors: string[] = [];
  private readonly namespace: Namespace;
  private readonly charts = ['c0', 'c1'].map(id => new Chart(this.app, id, { namespace: 'infer' }));
  private readonly deployments: Deployment[];
  private made = 0;

  public constructor(spread: boolean, secure: Secure) {
    this.namespace = new Namespace(this.charts[0], 'N', { metadata: { name: 'infer', labels: { [LABEL]: 'restricted' } } });
    this.deployments = this.charts.map(chart => new Deployment(chart, 'D', { containers: [{ image: 'a:1' }], spread }));
    this.app.node.addValidation({ validate: () => this.errors });
    secure(this.app);
  }

  /** What a rendering gives; undefined for a change. */
  public run(step: Step): Outcome | undefined {
    switch (step.do) {
      case 'render': return outcomeOf(() => Testing.synth(this.charts[step.chart]));
      case 'render all': return outcomeOf(() => this.renderAll());
      case 'fail': return this.fail();
      case 'label': ApiObject.of(this.namespace).addJsonPatch(JsonPatch.add(`/metadata/labels/${LABEL.replace('/', '~1')}`, step.level)); return undefined;
      default: this.change(step.do, step.chart); return undefined;
    }
  }

  private renderAll(): any[] {
    return parseAllDocuments(this.app.synthYaml(), { version: '1.1' }).map(document => document.toJS());
  }

  private fail(): Outcome {
    this.errors.push('not yet');
    const outcome = outcomeOf(() => this.renderAll());
    this.errors.pop();
    return outcome;
  }

  private change(what: string, chart: number): void {
    const name = `n${this.made++}`;
    const deployment = this.deployments[chart];
    const context = { seccompProfile: { type: SeccompProfileType.UNCONFINED } };
    if (what === 'add container') deployment.addContainer({ name, image: 'b:1' });
    if (what === 'weaken') deployment.addContainer({ name, image: 'b:1', securityContext: context });
    if (what === 'patch') ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext', { fsGroup: this.made }));
    if (what === 'add pod') {
      const spec = Lazy.any({ produce: () => ({ containers: [{ name: 'a', image: name }] }) });
      new ApiObject(this.charts[chart], name, { apiVersion: 'v1', kind: 'Pod', spec });
    }
  }
}

function outcomeOf(render: () => any[]): Outcome {
  try {
    return { manifests: render() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** As text, without the mode; where there is nothing else in it, without what it stands in. */
function withoutMode(outcome: Outcome | undefined): string {
  const text = JSON.stringify(outcome) ?? 'a change';
  return text.replaceAll('"seccompProfile":{"type":"RuntimeDefault"}', '').replace(/(?<=[{,]),|,(?=\})/g, '')
    .replace(/,?"securityContext":\{\}/g, '');
}

const isRefused = (outcome: Outcome | undefined) => outcome !== undefined && 'error' in outcome && outcome.error.includes('violates PodSecurity');

/** Where an app with the policy differs from one without, but for what a Namespace refuses; that was rendered as often. */
function differenceFromPlain(secure: Secure, spread: boolean, sequence: readonly Step[]): string | undefined {
  const [secured, plain] = [new Model(spread, secure), new Model(spread, () => {})];
  for (const [at, step] of sequence.entries()) {
    const [one, other] = [secured.run(step), plain.run(step)];
    if (isRefused(one)) continue;
    if (withoutMode(one) !== withoutMode(other)) return `step ${at}, ${step.do}: ${withoutMode(one)} instead of ${withoutMode(other)}`;
  }
  return undefined;
}

/** Where it differs from one that was made now, and on which only the changes were made. */
function differenceFromFresh(secure: Secure, sequence: readonly Step[]): string | undefined {
  const used = new Model(false, secure);
  for (const [at, step] of sequence.entries()) {
    const outcome = used.run(step);
    if (outcome === undefined) continue;
    const fresh = new Model(false, secure);
    sequence.slice(0, at).filter(each => CHANGES.includes(each.do)).forEach(each => fresh.run(each));
    const expected = fresh.run(step);
    if (JSON.stringify(outcome) !== JSON.stringify(expected)) return `step ${at}, ${step.do}: ${JSON.stringify(outcome)} instead of ${JSON.stringify(expected)}`;
  }
  return undefined;
}

const secure: Secure = app => void SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);

/** A policy that hands out again what it has rendered once. */
const remembering: Secure = app => {
  secure(app);
  for (const object of app.node.findAll().filter(ApiObject.isApiObject)) {
    const render = object.toJson.bind(object);
    let remembered: unknown;
    object.toJson = () => remembered ??= render();
  }
};

/** A policy that looks at what each chart has before one is rendered. */
const lookingAhead: Secure = app => {
  secure(app);
  app.node.addValidation({
    validate: () => {
      app.node.findAll().filter(ApiObject.isApiObject).forEach(object => object.toJson());
      return [];
    },
  });
};

/** In each of these something of a rendering before could be left. */
const TELLING: readonly Step[] = [{ do: 'render', chart: 0 }, { do: 'add container', chart: 0 }, { do: 'fail' }, { do: 'render', chart: 0 }, { do: 'render all' }];

test('renders what an app without a policy renders, but for the mode', () => {
  let refused = 0;
  let rendered = 0;
  fc.assert(fc.property(fc.boolean(), steps, (spread, sequence) => {
    const model = new Model(spread, secure);
    for (const outcome of sequence.map(step => model.run(step))) {
      if (isRefused(outcome)) refused++;
      else if (outcome && 'manifests' in outcome) rendered++;
    }
    expect(differenceFromPlain(secure, spread, sequence)).toBeUndefined();
  }), { numRuns: RUNS });
  expect([refused > 0, rendered > 0]).toStrictEqual([true, true]);
});

test('renders what an app renders that was made now', () => {
  fc.assert(fc.property(steps, sequence => {
    expect(differenceFromFresh(secure, sequence)).toBeUndefined();
  }), { numRuns: RUNS });
});

test('would notice a policy that remembers, or renders more than once', () => {
  expect(differenceFromPlain(secure, true, TELLING)).toBeUndefined();
  expect(differenceFromFresh(secure, TELLING)).toBeUndefined();
  expect(differenceFromPlain(remembering, false, TELLING)).toContain('step 3, render: ');
  expect(differenceFromFresh(remembering, TELLING)).toContain('step 3, render: ');
  expect(differenceFromPlain(lookingAhead, true, TELLING)).toContain('step 0, render: ');
  expect(fc.check(fc.property(steps, sequence => differenceFromFresh(remembering, sequence) === undefined), { numRuns: RUNS }).failed).toBe(true);
});
