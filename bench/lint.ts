/**
 * What the command costs as a process: medians and ratios of one run.
 *
 *     npm run bench
 */
import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { NodeArchitecture, SeccompProfile } from '../lib';
import { allNames } from '../lib/syscalls/numbers';

const COMMAND = join(__dirname, '../bin/cdk8s-seccomp');
const NAMES = 400;
const ROUNDS = 21;
const MANY = 1000;
const SMALL = 40;

const directory = mkdtempSync(join(tmpdir(), 'bench-lint-'));
try {
  const architectures = [NodeArchitecture.AMD64, NodeArchitecture.ARM64].flatMap(node => node.architectures);
  const allowlist = (from: number, count: number) =>
    SeccompProfile.allowlist({ allowed: allNames().slice(from, from + count), architectures }).toJson();
  const profile = write('profile.json', allowlist(0, NAMES));
  for (const [name, count] of [['large', NAMES], ['small', SMALL]] as const) {
    mkdirSync(join(directory, name));
    // No two alike.
    for (let index = 0; index < MANY; index++) write(`${name}/${index}.json`, allowlist(index % 100, count + Math.floor(index / 100)));
  }
  const yaml = write('map.yaml', `kind: ConfigMap\ndata:\n  profile.json: |\n${allowlist(0, NAMES).trimEnd().replace(/^/gm, '    ')}\n`);

  const cases = {
    'node -e 0': ['-e', '0'],
    '--version': [COMMAND, '--version'],
    'rules': [COMMAND, 'rules'],
    [`lint, ${NAMES} names`]: [COMMAND, 'lint', profile],
    [`lint, ${NAMES} names in a ConfigMap`]: [COMMAND, 'lint', yaml],
  };
  const medians = measure(cases);
  console.log(`medians of ${ROUNDS} rounds in turn, Node ${process.version}`);
  for (const [what, milliseconds] of medians) print(what, milliseconds, milliseconds / medians.get('node -e 0')!);

  // Once: it takes long enough to be dependable.
  for (const name of ['small', 'large']) {
    const milliseconds = timed([COMMAND, 'lint', join(directory, name)]);
    print(`lint, ${MANY} profiles, ${name}`, milliseconds, milliseconds / medians.get('node -e 0')!);
  }
} finally {
  rmSync(directory, { recursive: true });
}

function write(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

/** All in turn, so that a busy machine is busy for all. */
function measure(cases: Readonly<Record<string, string[]>>): Map<string, number> {
  const times = new Map(Object.keys(cases).map(what => [what, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [what, args] of Object.entries(cases)) times.get(what)!.push(timed(args));
  }
  return new Map([...times].map(([what, values]) => [what, values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]]));
}

function timed(args: string[]): number {
  const begin = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function print(what: string, milliseconds: number, ratio: number): void {
  console.log(`${what.padEnd(36)} ${milliseconds.toFixed(1).padStart(9)} ms   ${ratio.toFixed(2).padStart(8)} × node -e 0`);
}
