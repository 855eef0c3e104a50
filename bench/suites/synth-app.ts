/**
 * Synthesizes one app and prints what that took, as a process of its own: synth-app.ts VARIANT COUNT.
 */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-28';
import { MindieProfileDaemonSet, SeccompMode, SeccompPolicy, SeccompSecuredDeployment } from '../../lib';
import { Sample } from '../harness/samples';

type Make = (chart: Chart, id: string) => void;

const PROPS = { containers: [{ image: 'app:1.0.0' }] };

const plain: Make = (chart, id) => void new Deployment(chart, id, PROPS);
const secured = (seccomp: SeccompMode): Make => (chart, id) => void new SeccompSecuredDeployment(chart, id, { ...PROPS, seccomp });
const raw = (more: object = {}): Make => (chart, id) => {
  const spec = { containers: [{ name: 'main', image: 'app:1.0.0' }], ...more };
  new ApiObject(chart, id, { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: {}, template: { spec } } });
};

/** What stands once in the app, and then the one of which there are many. */
const VARIANTS: Readonly<Record<string, (app: App, chart: Chart) => Make>> = {
  'plain': () => plain,
  'patched': () => (chart, id) => {
    const deployment = new Deployment(chart, id, PROPS);
    ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }));
  },
  'Unconfined': () => secured(SeccompMode.UNCONFINED),
  'RuntimeDefault': () => secured(SeccompMode.RUNTIME_DEFAULT),
  'Localhost': () => secured(SeccompMode.localhostPath('profiles/app.json')),
  'plain, with DaemonSet': app => {
    daemonSet(app);
    return plain;
  },
  'plain, after DaemonSet': (app, chart) => {
    chart.addDependency(daemonSet(app));
    return plain;
  },
  'Localhost, with DaemonSet': app => secured(SeccompMode.localhost(daemonSet(app))),
  'policy': app => {
    policy(app);
    return plain;
  },
  'policy, with enforcing Namespace': (app, chart) => {
    policy(app);
    namespace(chart);
    return plain;
  },
  'raw': () => raw(),
  'raw by hand': () => raw({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
  'raw, policy': app => {
    policy(app);
    return raw();
  },
  'raw, policy, with enforcing Namespace': (app, chart) => {
    policy(app);
    namespace(chart);
    return raw();
  },
};

function daemonSet(app: App): MindieProfileDaemonSet {
  return new MindieProfileDaemonSet(new Chart(app, 'profiles', { namespace: 'profiles' }), 'Profile');
}

function policy(app: App): void {
  SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
}

function namespace(chart: Chart): void {
  new Namespace(chart, 'Namespace', { metadata: { name: 'apps', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
}

function now(): Required<Pick<Sample, 'ms' | 'cpu ms'>> {
  const { user, system } = process.cpuUsage();
  return { 'ms': performance.now(), 'cpu ms': (user + system) / 1000 };
}

function difference(begin: ReturnType<typeof now>, end: ReturnType<typeof now>): Sample {
  return { 'ms': end.ms - begin.ms, 'cpu ms': end['cpu ms'] - begin['cpu ms'] };
}

const [variant, count] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
try {
  globalThis.gc?.();
  const begin = now();
  const app = new App({ outdir });
  const chart = new Chart(app, 'chart', { namespace: 'apps' });
  const make = VARIANTS[variant](app, chart);
  for (let index = 0; index < Number(count); index++) make(chart, `d${index}`);
  const made = now();
  app.synth();
  const done = now();
  console.log(JSON.stringify({ all: difference(begin, done), synth: difference(made, done) }));
} finally {
  rmSync(outdir, { recursive: true });
}
