/**
 * What the profile model costs, against what everybody knows: medians and ratios of one run.
 *
 *     npm run bench
 */
import { spawnSync } from 'child_process';
import { join } from 'path';
import { Architecture, NodeArchitecture, SeccompProfile } from '../lib';
import { allNames, numbersOf } from '../lib/syscalls/numbers';

const NAMES = 400;
const ROUNDS = 21;

const profile = SeccompProfile.allowlist({
  allowed: allNames().slice(0, NAMES),
  architectures: NodeArchitecture.all().flatMap(node => node.architectures),
});
const text = profile.toJson();
const calls = NodeArchitecture.all().flatMap(node => node.architectures.map(architecture => ({ node, architecture })));

interface Measurement {
  readonly what: string;
  readonly against: string;
  readonly milliseconds: number;
  readonly ratio: number;
}

const rows: Measurement[] = [
  compare('read a 400-name profile', () => SeccompProfile.fromJson(text), 'JSON.parse of the same text', () => JSON.parse(text)),
  compare('decide every call of every ABI', () => decideAll(SeccompProfile.fromJson(text)), 'read the profile', () => SeccompProfile.fromJson(text)),
  compare('load the profile model', () => runNode(`require(${JSON.stringify(join(__dirname, '../lib/profile/seccomp-profile'))})`), 'node -e 0', () => runNode('0')),
  compare('load cdk8s-plus-28', () => runNode('require("cdk8s-plus-28")'), 'node -e 0', () => runNode('0')),
];

console.log(`${calls.length} ABIs, ${calls.reduce((sum, { architecture }) => sum + numbersOf(architecture.value).length, 0)} calls, medians of ${ROUNDS} rounds, Node ${process.version}`);
for (const { what, against, milliseconds, ratio } of rows) {
  console.log(`${what.padEnd(32)} ${milliseconds.toFixed(1).padStart(8)} ms   ${ratio.toFixed(2).padStart(7)} × ${against}`);
}

function decideAll(of: SeccompProfile): void {
  for (const { node: kind, architecture } of calls) {
    const document = of.forNode(kind);
    for (const number of numbersOf(architecture.value)) document.decide({ number, architecture: Architecture.of(architecture.value), node: kind });
  }
}

function runNode(script: string): void {
  const { status } = spawnSync(process.execPath, ['-e', script], { cwd: join(__dirname, '..'), stdio: 'ignore' });
  if (status !== 0) throw new Error(`node -e '${script}' failed`);
}

/** Both in turn, so that a busy machine is busy for both. */
function compare(what: string, one: () => unknown, against: string, other: () => unknown): Measurement {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) [one, other].forEach((run, index) => times[index].push(timed(run)));
  const [milliseconds, baseline] = times.map(median);
  return { what, against, milliseconds, ratio: milliseconds / baseline };
}

function timed(run: () => unknown): number {
  const begin = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
