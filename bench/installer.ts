/**
 * What the node installer costs in a container, under runc and with busybox: medians, and ratios to the least that does anything at all
 * in the same run. Needs root, runc and a static /bin/busybox.
 *
 *     npm run bench
 */
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Chart, Duration, Testing } from 'cdk8s';
import { NodeArchitecture, ProfileVersioning, SeccompProfile, SeccompProfileDaemonSet } from '../lib';
import { RULES } from '../lib/lint/rules';
import { allNames } from '../lib/syscalls/numbers';
import { ConfigMapVolume, Files } from '../test/node/installer/config-map-volume';
import { BindMount } from '../test/node/runtimes/oci-config';
import { Container, OciRuntime } from '../test/node/runtimes/oci-runtime';
import { sleep, throwUnlessOk, until } from '../test/node/runtimes/processes';
import { makeRootfs } from '../test/node/runtimes/rootfs';
import { RUN, TestNode } from '../test/node/runtimes/test-node';

const NAMES = 400;
const SIZES = [1, 10, 50];
const SAMPLES = 50;
const ROUNDS = 20;
const CHECKS = 20;
const SPAWNS = 1_000;
const STARTS = 7;
const SWAPS = 5;
const POLL_SECONDS = 5;
/** Of the default resync of 60 s, of looks at the source in between, and of a readiness probe each 10 s. */
const ROUNDS_PER_HOUR = 60;
const LOOKS_PER_HOUR = 3_600 / POLL_SECONDS - ROUNDS_PER_HOUR;
const PROBES_PER_HOUR = 360;
const SCRIPT = '/source/install-profiles.sh';

/** It says when it would rest, and does not: what is left is the work, and the process that rests. */
const RESTLESS = 'sleep() { command sleep 0; echo rest; }\n';

interface Pod {
  readonly files: Files;
  readonly env: Readonly<Record<string, string>>;
  /** Of the profiles on the node. */
  readonly paths: readonly string[];
  /** Size of each ConfigMap as JSON. */
  readonly configMapKib: readonly number[];
}

interface PodOptions {
  readonly resync?: Duration;
  readonly versioning?: ProfileVersioning;
  /** Another number, other profiles. */
  readonly release?: number;
}

/** The pod of a DaemonSet with so many profiles, no two alike, as a kubelet reads it from the manifests. */
function pod(profiles: number, { resync, versioning, release = 0 }: PodOptions = {}): Pod {
  const chart = new Chart(Testing.app(), 'bench');
  const architectures = [NodeArchitecture.AMD64, NodeArchitecture.ARM64].flatMap(node => node.architectures);
  const suppressions = RULES.map(({ id }) => ({ rule: id, reason: 'only its size matters' }));
  const set = new SeccompProfileDaemonSet(chart, 'Profiles', { resync, versioning, lint: { suppressions } });
  for (let index = 0; index < profiles; index++) {
    const from = release + index;
    set.addProfile(`profiles/app-${index}.json`, SeccompProfile.allowlist({ allowed: allNames().slice(from, from + NAMES), architectures }));
  }
  const manifests: any[] = Testing.synth(chart);
  const ofKind = (wanted: string) => manifests.filter(({ kind }) => kind === wanted);
  const { volumes, containers } = ofKind('DaemonSet')[0].spec.template.spec;
  const source = volumes.find(({ name }: any) => name === 'source');
  const configMaps: any[] = source.configMap ? [source.configMap] : source.projected.sources.map((part: any) => part.configMap);
  const files = Object.fromEntries(configMaps.flatMap(({ name, items }) => {
    const { data } = ofKind('ConfigMap').find(({ metadata }) => metadata.name === name);
    return items.map(({ key, path }: any) => [path, data[key]]);
  }));
  const env: Array<[string, string]> = containers[0].env.map(({ name, value = 'bench' }: any) => [name, value.replace('$(NAMESPACE)', 'bench')]);
  return {
    files,
    env: { PATH: '/bin', ...Object.fromEntries(env) },
    paths: Object.keys(files).map(path => /^documents\/(.*)\/amd64\.json$/.exec(path)?.[1]).filter(path => path !== undefined),
    configMapKib: ofKind('ConfigMap').map(configMap => JSON.stringify(configMap).length / 1024),
  };
}

/** One container after another, so that no two share memory. */
class Host {
  public static async start(): Promise<Host> {
    const node = await TestNode.start();
    return node.stopUnless(async () => new Host(node, OciRuntime.runc(node), await makeRootfs(node)));
  }

  private constructor(public readonly node: TestNode, private readonly runtime: OciRuntime, private readonly rootfs: string) {}

  public source(files: Files): ConfigMapVolume {
    return new ConfigMapVolume(this.node.makeDirectory('source'), files);
  }

  public install(source: ConfigMapVolume, env: Pod['env'], target = this.node.makeDirectory('target')): Container {
    return this.run(['sh', SCRIPT, 'run'], target, [{ source: source.path, destination: '/source' }], env);
  }

  public run(args: string[], target = this.node.makeDirectory('target'), mounts: BindMount[] = [], env?: Pod['env']): Container {
    return this.runtime.startContainer({
      rootfs: this.rootfs, args, env, mounts: [{ source: target, destination: '/target', writable: true }, ...mounts], timeoutMs: 300_000,
    });
  }
}

/** What the kernel has counted for the one container that runs, in either version of cgroups. */
class Usage {
  private readonly version1 = existsSync('/sys/fs/cgroup/memory');
  private readonly id: string;

  public constructor() {
    const ids = readdirSync(join('/sys/fs/cgroup', this.version1 ? 'memory' : '')).filter(name => name.startsWith(RUN));
    if (ids.length !== 1) throw new Error(`${ids.length} containers run, expected one`);
    this.id = ids[0];
  }

  public cpuSeconds(): number {
    if (this.version1) return Number(this.read('cpuacct', 'cpuacct.usage')) / 1e9;
    return Number(/^usage_usec (\d+)/m.exec(this.read('', 'cpu.stat'))![1]) / 1e6;
  }

  /** Proportional set size of all processes together. */
  public residentKib(): number {
    const pids = this.read(this.version1 ? 'memory' : '', 'cgroup.procs').trim().split('\n');
    return pids.reduce((sum, pid) => sum + proportionalKib(pid), 0);
  }

  /** With the kernel's own memory, cached files, and the runtime that started it. */
  public peakKib(): number {
    return Number(this.version1 ? this.read('memory', 'memory.max_usage_in_bytes') : this.read('', 'memory.peak')) / 1024;
  }

  private read(controller: string, file: string): string {
    return readFileSync(join('/sys/fs/cgroup', controller, this.id, file), 'utf8');
  }
}

function proportionalKib(pid: string): number {
  try {
    return Number(/^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // It has ended.
  }
}


async function measure(host: Host): Promise<void> {
  const idle = await usageAtRest(host.run(['sleep', '300']), () => true);
  const spawn = await cpuOfSpawn(host);
  const touch = await medianOf(STARTS, () => timeToStart(host, target => host.run(['touch', '/target/file'], target), ['file']));
  const poll = (await cpuOfRests(host, pod(1, { resync: Duration.seconds(1_000_000) }), 100)).seconds;
  print('sleep: memory', `${idle.kib} KiB, peak ${kib(idle.peakKib)}`);
  print('busybox true: CPU', milliseconds(spawn));
  print('start of a container to its first file', milliseconds(touch));
  print(`look at the source, each ${POLL_SECONDS} s: CPU`, milliseconds(poll), ratio(poll, spawn, 'true'));
  for (const size of SIZES) {
    const title = `${size} profile${size > 1 ? 's' : ''}`;
    const { files, env, paths, configMapKib } = pod(size);
    print(`${title}: ConfigMaps`, String(configMapKib.length), `${Math.round(configMapKib.reduce((sum, each) => sum + each))} KiB`);
    const target = host.node.makeDirectory('target');
    const atRest = await usageAtRest(host.install(host.source(files), env, target), () => paths.every(path => existsSync(join(target, path))));
    print(`${title}: memory at rest`, `${atRest.kib} KiB`, ratio(atRest.kib, idle.kib, 'sleep'));
    const round = await cpuOfRests(host, pod(size, { resync: Duration.seconds(1) }), ROUNDS);
    print(`${title}: memory at work`, `${round.kib} KiB, peak ${kib(round.peakKib)}`, ratio(round.kib, idle.kib, 'sleep'));
    print(`${title}: CPU of a round`, milliseconds(round.seconds), ratio(round.seconds, spawn, 'true'));
    const { seconds: [nothing, check], peakKib } = await usageOfExecs(host, pod(size), [['true'], ['sh', SCRIPT, 'check']]);
    print(`${title}: CPU of a readiness check`, milliseconds(check), ratio(check, spawn, 'true'), `a probe of true ${milliseconds(nothing)}`);
    print(`${title}: memory with readiness checks`, `peak ${kib(peakKib)}`);
    const own = ROUNDS_PER_HOUR * round.seconds + LOOKS_PER_HOUR * poll;
    const probes = PROBES_PER_HOUR * check;
    print(`${title}: CPU of an hour, extrapolated`, hour(own + probes), `its own ${hour(own)}`, `probes ${hour(probes)}`);
    const start = await medianOf(STARTS, () => timeToStart(host, to => host.install(host.source(files), env, to), paths));
    print(`${title}: start to files in place`, milliseconds(start), ratio(start, touch, 'start to first file'));
    const swaps = await timesOfSwaps(host, size);
    print(`${title}: changed source to files in place`, milliseconds(median(swaps)), `at most ${milliseconds(Math.max(...swaps))}`);
  }
}

/** Resident memory when nothing happens, and the most that the container ever had. */
async function usageAtRest(container: Container, isReady: () => boolean): Promise<{ kib: number; peakKib: number }> {
  await until('start', isReady);
  await sleep(1_000);
  const usage = new Usage();
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    samples.push(usage.residentKib());
    await sleep(5);
  }
  const peakKib = usage.peakKib();
  await container.remove();
  return { kib: median(samples), peakKib };
}

/** CPU from one rest to the next, of which there are many, and the most memory seen meanwhile. */
async function cpuOfRests(host: Host, { files, env }: Pod, rests: number): Promise<{ seconds: number; kib: number; peakKib: number }> {
  const container = host.install(host.source({ ...files, 'install-profiles.sh': RESTLESS + files['install-profiles.sh'] }), env);
  const count = () => container.output().split('rest\n').length - 1;
  await until('first rest', () => count() > 1, 60_000);
  const usage = new Usage();
  const [before, begin] = [count(), usage.cpuSeconds()];
  const samples: number[] = [];
  await until(`${rests} rests`, () => samples.push(usage.residentKib()) > 0 && count() >= before + rests, 120_000);
  const seconds = (usage.cpuSeconds() - begin) / (count() - before);
  const peakKib = usage.peakKib();
  await container.remove();
  return { seconds, kib: Math.max(...samples), peakKib };
}

async function cpuOfSpawn(host: Host): Promise<number> {
  const container = host.run(['sh', '-c', `n=0; while [ $n -lt ${SPAWNS} ]; do busybox true; n=$((n + 1)); done; echo done; sleep 300`]);
  await until('spawns', () => container.output().includes('done'), 60_000);
  const seconds = new Usage().cpuSeconds() / SPAWNS;
  await container.remove();
  return seconds;
}

/** CPU of programs that a runtime adds to a container, as a kubelet's probe does. The kernel counts what the runtime itself does there as well. */
async function usageOfExecs(host: Host, { files, env, paths }: Pod, programs: string[][]): Promise<{ seconds: number[]; peakKib: number }> {
  const target = host.node.makeDirectory('target');
  const container = host.install(host.source(files), env, target);
  await until('installation', () => paths.every(path => existsSync(join(target, path))), 30_000);
  await sleep(1_000);
  const usage = new Usage();
  const seconds: number[] = [];
  for (const args of programs) {
    const begin = usage.cpuSeconds();
    for (let round = 0; round < CHECKS; round++) throwUnlessOk(args, await container.exec(args));
    seconds.push((usage.cpuSeconds() - begin) / CHECKS);
  }
  const peakKib = usage.peakKib();
  await container.remove();
  return { seconds, peakKib };
}

async function timeToStart(host: Host, start: (target: string) => Container, paths: readonly string[]): Promise<number> {
  const target = host.node.makeDirectory('target');
  const begin = process.hrtime.bigint();
  const container = start(target);
  const seconds = await secondsUntil(begin, () => paths.every(path => existsSync(join(target, path))));
  await container.remove();
  return seconds;
}

/** From the swing of the ..data link to the last file, at any moment between two looks. */
async function timesOfSwaps(host: Host, size: number): Promise<number[]> {
  const releases = [0, 1].map(release => pod(size, { versioning: ProfileVersioning.FIXED_NAME, release }));
  const [{ files, env, paths }] = releases;
  const target = host.node.makeDirectory('target');
  const source = host.source(files);
  const container = host.install(source, env, target);
  const isInstalled = (of: Files) => paths.every(path => {
    const file = join(target, path);
    return existsSync(file) && readFileSync(file, 'utf8') === of[`documents/${path}/amd64.json`];
  });
  await until('installation', () => isInstalled(files), 30_000);
  const times: number[] = [];
  for (let swap = 1; swap <= SWAPS; swap++) {
    await sleep(1_000 * POLL_SECONDS * Math.random());
    const next = releases[swap % 2].files;
    const begin = process.hrtime.bigint();
    source.update(next);
    times.push(await secondsUntil(begin, () => isInstalled(next)));
  }
  await container.remove();
  return times;
}

async function secondsUntil(begin: bigint, holds: () => boolean): Promise<number> {
  const elapsed = () => Number(process.hrtime.bigint() - begin) / 1e9;
  while (!holds()) {
    if (elapsed() > 60) throw new Error('nothing happened within 60 s');
    await sleep(2);
  }
  return elapsed();
}

async function medianOf(times: number, once: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < times; round++) values.push(await once());
  return median(values);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1_000).toFixed(1)} ms`;
}

/** Seconds, and in Kubernetes' words. */
function hour(seconds: number): string {
  return `${seconds.toFixed(1)} s = ${(seconds / 3.6).toFixed(1)}m`;
}

function kib(value: number): string {
  return `${Math.round(value)} KiB with kernel and cache`;
}

function ratio(value: number, reference: number, of: string): string {
  return `${(value / reference).toFixed(1)} × ${of}`;
}

function print(what: string, ...figures: string[]): void {
  console.log(`${what.padEnd(46)} ${figures.join('   ')}`);
}

void (async () => {
  if (process.getuid?.() !== 0) throw new Error('the installer is measured in containers, expected root, runc and a static /bin/busybox');
  const host = await Host.start();
  try {
    await measure(host);
  } finally {
    await host.node.stop();
  }
})();
