import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { ProfileVersioning } from '../../lib';
import { Files } from '../../test/node/installer/config-map-volume';
import { Container } from '../../test/node/runtimes/oci-runtime';
import { sleep, throwUnlessOk, until } from '../../test/node/runtimes/processes';
import { Host, SCRIPT, Usage } from '../harness/installer-host';
import { NamedSamples, quantile, Sample } from '../harness/samples';
import { Pod, pod } from '../inputs/installer-pod';

export const POLL_SECONDS = 5;
export const [SLEEP, SLEEP_IN_ALL, TRUE, TOUCH, LOOK, POLL] = [
  'a container that sleeps', 'a container that sleeps, with kernel and cache', 'busybox true', 'a container that makes one file', 'a look at the source', `${POLL_SECONDS} s until the next look`,
];

const MEMORY_SAMPLES = 50;
const RESTS = 20;
const LOOKS = 100;
const CHECKS = 20;
const SPAWNS = 1_000;
const STARTS = 5;
const SWAPS = 5;

/** It says when it would rest, and does not: what is left is the work, and the process that rests. */
const RESTLESS = 'sleep() { command sleep 0; echo rest; }\n';

/** What is measured with so many profiles, by what it is called. */
export function measuresOf(profiles: number) {
  const of = (what: string) => `${profiles} profile${profiles > 1 ? 's' : ''}: ${what}`;
  return {
    atRest: of('memory at rest'),
    atWork: of('memory at work'),
    inAll: of('memory with kernel and cache'),
    round: of('a round that finds all in place'),
    check: of('a readiness check'),
    start: of('start to files in place'),
    change: of('changed source to files in place'),
  };
}

/** Everything once, on a host of its own. */
export async function measureInstaller(counts: readonly number[]): Promise<NamedSamples> {
  const host = await Host.start();
  try {
    const samples: Record<string, Sample> = {
      [SLEEP]: await memoryAtRest(host.run(['sleep', '300']), () => true),
      [SLEEP_IN_ALL]: { MiB: await peakOf(host.run(['sleep', '300'])) },
      [TRUE]: await cpuOfSpawn(host),
      [TOUCH]: await medianOf(STARTS, () => timeToStart(host, target => host.run(['touch', '/target/file'], target), ['file'])),
      [LOOK]: (await usageOfRests(host, pod(1, { resync: Duration.seconds(1_000_000) }), LOOKS)),
      [POLL]: { ms: POLL_SECONDS * 1000 },
    };
    for (const count of counts) {
      const { atRest, atWork, inAll, round, check, start, change } = measuresOf(count);
      const { files, env, paths } = pod(count);
      const target = host.node.makeDirectory('target');
      samples[atRest] = await memoryAtRest(host.install(host.source(files), env, target), () => paths.every(path => existsSync(join(target, path))));
      samples[round] = samples[atWork] = await usageOfRests(host, pod(count, { resync: Duration.seconds(1) }), RESTS);
      samples[check] = samples[inAll] = await usageOfChecks(host, pod(count));
      samples[start] = await medianOf(STARTS, () => timeToStart(host, to => host.install(host.source(files), env, to), paths));
      samples[change] = await timeOfChange(host, count);
    }
    return samples;
  } finally {
    await host.node.stop();
  }
}

/** When nothing happens. */
async function memoryAtRest(container: Container, isReady: () => boolean): Promise<Sample> {
  await until('start', isReady);
  await sleep(1_000);
  const usage = new Usage();
  const samples: number[] = [];
  for (let sample = 0; sample < MEMORY_SAMPLES; sample++) {
    samples.push(usage.residentKib());
    await sleep(5);
  }
  await container.remove();
  return { MiB: quantile(samples, 0.5) / 1024 };
}

/** CPU from one rest to the next, of which there are many, and the most memory seen meanwhile. */
async function usageOfRests(host: Host, { files, env }: Pod, rests: number): Promise<Sample> {
  const container = host.install(host.source({ ...files, 'install-profiles.sh': RESTLESS + files['install-profiles.sh'] }), env);
  const count = () => container.output().split('rest\n').length - 1;
  await until('first rest', () => count() > 1, 60_000);
  const usage = new Usage();
  const [before, begin] = [count(), usage.cpuSeconds()];
  const samples: number[] = [];
  await until(`${rests} rests`, () => samples.push(usage.residentKib()) > 0 && count() >= before + rests, 120_000);
  const seconds = (usage.cpuSeconds() - begin) / (count() - before);
  await container.remove();
  return { 'cpu ms': seconds * 1000, 'MiB': Math.max(...samples) / 1024 };
}

async function cpuOfSpawn(host: Host): Promise<Sample> {
  const container = host.run(['sh', '-c', `n=0; while [ $n -lt ${SPAWNS} ]; do busybox true; n=$((n + 1)); done; echo done; sleep 300`]);
  await until('spawns', () => container.output().includes('done'), 60_000);
  const seconds = new Usage().cpuSeconds() / SPAWNS;
  await container.remove();
  return { 'cpu ms': seconds * 1000 };
}

/** The most memory that the container ever had. */
async function peakOf(container: Container): Promise<number> {
  await sleep(1_000);
  const peak = new Usage().peakKib() / 1024;
  await container.remove();
  return peak;
}

/**
 * CPU of a program that a runtime adds to a container, as a kubelet's probe does, and the most memory that the container ever had. The kernel counts what the
 * runtime itself does there as well.
 */
async function usageOfChecks(host: Host, { files, env, paths }: Pod): Promise<Sample> {
  const target = host.node.makeDirectory('target');
  const container = host.install(host.source(files), env, target);
  await until('installation', () => paths.every(path => existsSync(join(target, path))), 30_000);
  await sleep(1_000);
  const usage = new Usage();
  const begin = usage.cpuSeconds();
  const args = ['sh', SCRIPT, 'check'];
  for (let round = 0; round < CHECKS; round++) throwUnlessOk(args, await container.exec(args));
  const seconds = (usage.cpuSeconds() - begin) / CHECKS;
  const peakKib = usage.peakKib();
  await container.remove();
  return { 'cpu ms': seconds * 1000, 'MiB': peakKib / 1024 };
}

async function timeToStart(host: Host, start: (target: string) => Container, paths: readonly string[]): Promise<number> {
  const target = host.node.makeDirectory('target');
  const begin = process.hrtime.bigint();
  const container = start(target);
  const ms = await msUntil(begin, () => paths.every(path => existsSync(join(target, path))));
  await container.remove();
  return ms;
}

/** From the swing of the ..data link to the last file, at any moment between two looks. */
async function timeOfChange(host: Host, profiles: number): Promise<Sample> {
  const releases = [0, 1].map(release => pod(profiles, { versioning: ProfileVersioning.FIXED_NAME, release }));
  const [{ files, env, paths }] = releases;
  const target = host.node.makeDirectory('target');
  const source = host.source(files);
  const container = host.install(source, env, target);
  const isInstalled = (of: Files) => paths.every(path => {
    const file = join(target, path);
    return existsSync(file) && readFileSync(file, 'utf8') === of[`documents/${path}/amd64.json`];
  });
  await until('installation', () => isInstalled(files), 30_000);
  let swaps = 0;
  const sample = await medianOf(SWAPS, async () => {
    await sleep(1_000 * POLL_SECONDS * Math.random());
    swaps += 1;
    const next = releases[swaps % 2].files;
    const begin = process.hrtime.bigint();
    source.update(next);
    return msUntil(begin, () => isInstalled(next));
  });
  await container.remove();
  return sample;
}

async function msUntil(begin: bigint, holds: () => boolean): Promise<number> {
  const elapsed = () => Number(process.hrtime.bigint() - begin) / 1e6;
  while (!holds()) {
    if (elapsed() > 60_000) throw new Error('nothing happened within 60 s');
    await sleep(2);
  }
  return elapsed();
}

async function medianOf(times: number, once: () => Promise<number>): Promise<Sample> {
  const values: number[] = [];
  for (let round = 0; round < times; round++) values.push(await once());
  return { ms: quantile(values, 0.5) };
}
