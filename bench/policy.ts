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
import { SeccompMode, SeccompPolicy } from '../lib';

const WORKLOADS = 1000;
const ROUNDS = 15;

const KINDS: Record<string, (chart: Chart, id: string) => void> = {
  'cdk8s-plus Deployments': (chart, id) => {
    new Deployment(chart, id, { containers: [{ image: 'app:1.0.0' }] });
  },
  'raw objects': (chart, id) => {
    new ApiObject(chart, id, {
      apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: {}, template: { spec: { containers: [{ name: 'main', image: 'app:1.0.0' }] } } },
    });
  },
};

const VARIANTS: Record<string, (app: App, chart: Chart) => void> = {
  'without a policy': () => {},
  'with a policy': app => SeccompPolicy.of(app).apply(SeccompMode.RUNTIME_DEFAULT),
  'with a policy, and a Namespace that enforces': (app, chart) => {
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
    for (let index = 0; index < WORKLOADS; index++) KINDS[kind](chart, `d${index}`);
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
      console.log(`  ${variant.padEnd(46)} ${milliseconds.toFixed(0).padStart(6)} ms  ${(milliseconds / medians.get('without a policy')!).toFixed(3)} ×`);
    }
  }
}
