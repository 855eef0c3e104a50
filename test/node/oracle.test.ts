import { allCalls, Call, foreignCalls, namedCalls } from './oracle/calls';
import { Comparison, decider } from './oracle/comparison';
import { CONTAINERS_COMMON, PROFILES, REFUSED, SEMANTICS } from './oracle/fixtures';
import { Libseccomp, Request } from './oracle/libseccomp';
import { documentFor, filteredAbis, Machine, machines, SAMPLED } from './oracle/machines';
import { Random } from './oracle/random';
import { ruleSet } from './oracle/rule-sets';
import { DecisionKind, ContainerRuntime, SeccompProfile } from '../../src';
import { ProfileDocument } from '../../src/profile/document/document';
import { miscompiledReason } from '../../src/profile/filter/libseccomp-limits';
import { loadFilter } from '../../src/profile/filter/loaded-filter';
import { NODE_KINDS } from '../../src/syscalls/abis';

const SEED = Number(process.env.ORACLE_SEED ?? 20_261_124);
const RULE_SETS = Number(process.env.ORACLE_RULE_SETS ?? 20_000);
/** Combinations of arguments per call. */
const FIXTURE_VECTORS = 1024;
const SAMPLE_VECTORS = 100;

interface Case extends Request {
  readonly machine: Machine;
  readonly fixture: ProfileDocument;
}

let libseccomp: Libseccomp;
/** The release whose table the library has: Debian's 2.5.4 has that of 2.5.5. */
let version: string;
/** One that hands the rules to libseccomp and adds nothing. */
let runtime: ContainerRuntime;
const report: string[] = [];

beforeAll(async () => {
  libseccomp = await Libseccomp.start();
  version = libseccomp.version === '2.5.4' ? '2.5.5' : libseccomp.version;
  runtime = ContainerRuntime.crun('1.8.1', { libseccomp: version });
});

afterAll(() => {
  libseccomp.stop();
  process.stdout.write(`libseccomp ${libseccomp.version}, seed ${SEED}\n${report.join('\n')}\n`);
});

function caseOf(machine: Machine, fixture: ProfileDocument): Case {
  return { machine, fixture, native: machine.native, document: documentFor(machine, fixture) };
}

function casesOf(fixtures: Readonly<Record<string, ProfileDocument>>, where = (_: Machine) => true): Case[] {
  return Object.values(fixtures).flatMap(fixture => machines(version).filter(where).map(machine => caseOf(machine, fixture)));
}

function isKubernetesNode({ native }: Machine): boolean {
  return NODE_KINDS.some(({ abis }) => abis[0] === native);
}

async function compare(title: string, cases: Iterable<Case>, calls: (built: Case) => Iterable<Call>, believed = (document: string) => document) {
  const comparison = new Comparison(runtime);
  for await (const [request, built] of libseccomp.build(cases)) {
    comparison.filter(request, built, SeccompProfile.fromJson(believed(request.document)), calls(request));
  }
  report.push(`${title}: ${comparison}`);
  return comparison;
}

function everyCall(random: Random): (built: Case) => Iterable<Call> {
  return function* ({ machine, fixture }) {
    yield* allCalls(machine, fixture, version, random, FIXTURE_VECTORS);
    if (isKubernetesNode(machine)) yield* foreignCalls(machine);
  };
}

test('says of real profiles what libseccomp builds on every kind of node, and leaves nothing open', async () => {
  const comparison = await compare('profiles', casesOf(PROFILES, isKubernetesNode), everyCall(new Random(SEED)));
  expect(comparison.disagreements).toStrictEqual([]);
  expect(comparison.undefined).toBe(0);
  expect(comparison.refused).toBe(0);
});

test('says of the default profile of Podman what libseccomp builds, and leaves nothing open', async () => {
  const comparison = await compare('containers-common', casesOf(CONTAINERS_COMMON, isKubernetesNode), everyCall(new Random(SEED)));
  expect(comparison.disagreements).toStrictEqual([]);
  expect(comparison.undefined).toBe(0);
});

test('says of each kind of rule what libseccomp builds on every machine', async () => {
  const comparison = await compare('kinds of rule', [...casesOf(SEMANTICS), ...casesOf(PROFILES, machine => !isKubernetesNode(machine))], everyCall(new Random(SEED)));
  expect(comparison.disagreements).toStrictEqual([]);
  expect(comparison.refused).toBe(0);
});

test('refuses what libseccomp refuses', async () => {
  const comparison = await compare('refused', casesOf(REFUSED), everyCall(new Random(SEED)));
  expect(comparison.disagreements).toStrictEqual([]);
  expect(comparison.refused).toBeGreaterThan(Object.keys(REFUSED).length);
});

test('fails to agree when the library is shown another document', async () => {
  const random = new Random(SEED);
  for (const fixture of Object.values(PROFILES)) {
    const withoutFirstRule = ({ syscalls = [], ...document }: ProfileDocument) => ({ ...document, syscalls: syscalls.slice(1) });
    const [machine] = machines(version);
    const shown = documentFor(machine, withoutFirstRule(fixture));
    const comparison = await compare('another document', [caseOf(machine, fixture)], everyCall(random), () => shown);
    expect(comparison.disagreements).not.toStrictEqual([]);
  }
});

/** Whether some ABI of a machine gets rules that leave the part of the language which libseccomp builds faithfully. */
function leavesFragment(machine: Machine, fixture: ProfileDocument): boolean {
  return filteredAbis(machine).some(abi => [...loadFilter(fixture, runtime, abi).values()].some(({ written }) => miscompiledReason(written)));
}

test('says of random rule sets what libseccomp builds', async () => {
  const random = new Random(SEED);
  const values = new Random(SEED + 1);
  function* cases(): Iterable<Case> {
    for (let made = 0; made < RULE_SETS;) {
      const machine = SAMPLED[made % SAMPLED.length];
      const fixture = ruleSet(random);
      // What lies outside may crash libseccomp, or never come to an end.
      if (leavesFragment(machine, fixture)) continue;
      made++;
      yield caseOf(machine, fixture);
    }
  }
  const comparison = await compare('random rule sets', cases(), ({ machine, fixture }) => namedCalls(machine, fixture, version, values, SAMPLE_VECTORS));
  expect(comparison.disagreements).toStrictEqual([]);
  expect(comparison.filters).toBe(RULE_SETS);
}, 600_000);

test('commits itself to nothing where libseccomp is not faithful', async () => {
  const random = new Random(SEED + 2);
  let undefinedCalls = 0;
  for (let made = 0; made < RULE_SETS; made++) {
    const machine = SAMPLED[made % SAMPLED.length];
    const fixture = ruleSet(random);
    const says = decider(SeccompProfile.fromJson(documentFor(machine, fixture)), runtime, machine.native);
    if (!leavesFragment(machine, fixture) || says(machine.native, 0, []).kind === DecisionKind.REFUSED) continue;
    const open = new Map(filteredAbis(machine).map(abi => [abi, openNumbers(fixture, abi)]));
    for (const [abi, number, args] of namedCalls(machine, fixture, version, random, 10)) {
      if (!open.get(abi)!.includes(number)) continue;
      expect(says(abi, number, args)).toMatchObject({ kind: DecisionKind.UNDEFINED });
      undefinedCalls++;
    }
  }
  report.push(`outside of the faithful part: ${undefinedCalls} calls, each undefined`);
  expect(undefinedCalls).toBeGreaterThan(RULE_SETS);
}, 600_000);

function openNumbers(fixture: ProfileDocument, abi: string): number[] {
  const filter = [...loadFilter(fixture, runtime, abi)];
  return filter.filter(([, { unconditional, written }]) => !unconditional && miscompiledReason(written)).map(([number]) => number);
}
