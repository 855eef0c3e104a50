/**
 * What a SeccompPolicy adds to a synth: ratios of medians of one run, each round in a process of its own.
 *
 *     npm run bench
 */
import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-28';
import { SeccompMode, SeccompPolicy, SeccompSecuredDeployment } from '../lib';

const WORKLOADS = 1000;
const ROUNDS = 15;

interface Kind {
  readonly plain: (chart: Chart, id: string) => void;
  /** The same manifest as with the policy. */
  readonly byHand: (chart: Chart, id: string) => void;
}

const raw = (chart: Chart, id: string, more = {}) => {
  const spec = { containers: [{ name: 'main', image: 'app:1.0.0' }], ...more };
  new ApiObject(chart, id, { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: {}, template: { spec } } });
};

const KINDS: Record<string, Kind> = {
  'cdk8s-plus Deployments': {
    plain: (chart, id) => void new Deployment(chart, id, { containers: [{ image: 'app:1.0.0' }] }),
    byHand: (chart, id) => void new SeccompSecuredDeployment(chart, id, { containers: [{ image: 'app:1.0.0' }], seccomp: SeccompMode.RUNTIME_DEFAULT }),
  },
  'raw objects': {
    plain: raw,
    byHand: (chart, id) => raw(chart, id, { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
  },
};

const NONE = 'no mode';
const BY_HAND = 'the mode written by hand';

const VARIANTS: Record<string, (app: App, chart: Chart) => void> = {
  [NONE]: () => {},
  [BY_HAND]: () => {},
  'a policy': app => SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT),
  'a policy, and a Namespace that enforces': (app, chart) => {
    SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT);
    new Namespace(chart, 'Namespace', { metadata: { name: 'apps', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
  },
};

/** Milliseconds of one synth, without what it takes to load and to make the constructs. */
function synthesize(kind: string, variant: string): number {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-policy-'));
  try {
    const app = new App({ outdir });
    const chart = new Chart(app, 'chart', { namespace: 'apps' });
    const make = KINDS[kind][variant === BY_HAND ? 'byHand' : 'plain'];
    for (let index = 0; index < WORKLOADS; index++) make(chart, `d${index}`);
    VARIANTS[variant](app, chart);
    const begin = process.hrtime.bigint();
    app.synth();
    return Number(process.hrtime.bigint() - begin) / 1e6;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

if (process.argv.length === 4) {
  console.log(synthesize(process.argv[2], process.argv[3]));
} else {
  for (const kind of Object.keys(KINDS)) {
    const times = new Map(Object.keys(VARIANTS).map(variant => [variant, [] as number[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [variant, values] of times) {
        const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, __filename, kind, variant], { encoding: 'utf8' });
        if (status !== 0) throw new Error(stderr);
        values.push(Number(stdout));
      }
    }
    const medians = new Map([...times].map(([variant, values]) => [variant, median(values)]));
    console.log(`synth of ${WORKLOADS} ${kind}, medians of ${ROUNDS} rounds in turn, Node ${process.version}`);
    for (const [variant, milliseconds] of medians) {
      const ratios = [NONE, BY_HAND].map(reference => `${(milliseconds / medians.get(reference)!).toFixed(2)} × ${reference}`);
      console.log(`  ${variant.padEnd(40)} ${milliseconds.toFixed(0).padStart(6)} ms  ${ratios.join('  ')}`);
    }
  }
}
