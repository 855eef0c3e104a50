/* eslint-disable no-bitwise -- masks are what arguments are compared with */
import { filteredAbis, Machine } from './machines';
import { Random } from './random';
import { ArgumentCondition, ProfileDocument } from '../../../src/profile/document/document';
import { ABIS } from '../../../src/syscalls/abis';
import { isMultiplexed, MULTIPLEXED } from '../../../src/syscalls/multiplexed';
import { allNames, nameOf, numberOf } from '../../../src/syscalls/numbers';

export type Call = [abi: string, number: number, args: bigint[]];

const ARGUMENTS = 6;
const WORD = 2n ** 32n;
const UINT64_MAX = 2n ** 64n - 1n;
/** Numbers far from any table: large ones, the sign bit, what a tracer writes to skip a call. */
const FAR_NUMBERS = [4096, 100_000, 0x3fffffff, 0x7fffffff, 0x80000000, 0xffffffff];
/** Values for arguments on which there is no condition, and limits on which a condition may have an effect unawares. */
const EVERYWHERE = [0n, 1n, WORD - 1n, WORD, UINT64_MAX];

/** Every number of every ABI of the filter, and some that are in no table, with arguments around what a document asks of each. */
export function* allCalls(machine: Machine, document: ProfileDocument, libseccomp: string, random: Random, vectors: number): Iterable<Call> {
  for (const abi of filteredAbis(machine)) {
    for (const number of numbers(abi, machine)) {
      for (const args of argumentVectors(conditionsOn(document, abi, number, libseccomp), random, vectors)) yield [abi, number, args];
    }
  }
}

/** The calls that a document names, and those through which some of them are multiplexed. */
export function* namedCalls(machine: Machine, document: ProfileDocument, libseccomp: string, random: Random, vectors: number): Iterable<Call> {
  const names = new Set([...document.syscalls!.flatMap(rule => rule.names), 'socketcall', 'ipc']);
  for (const abi of filteredAbis(machine)) {
    for (const number of [...names].map(name => numberOf(abi, name))) {
      if (number === undefined) continue;
      for (const args of argumentVectors(conditionsOn(document, abi, number, libseccomp), random, vectors)) yield [abi, number, args];
    }
  }
}

/** A few calls of ABIs that are not in the filter. */
export function* foreignCalls(machine: Machine): Iterable<Call> {
  const own = filteredAbis(machine);
  const tokens = new Set(ABIS.filter(({ name }) => own.includes(name)).map(({ auditToken }) => auditToken));
  for (const { name, base, auditToken } of ABIS) {
    const isForeign = !own.includes(name) && (!tokens.has(auditToken) || base > 0);
    if (isForeign) yield* [0, 1, 435].map((number): Call => [name, base + number, [0n, 0n, 0n, 0n, 0n, 0n]]);
  }
}

const known = new Map<string, number[]>();

function numbers(abi: string, machine: Machine): number[] {
  const { base } = ABIS.find(({ name }) => name === abi)!;
  if (!known.has(abi)) known.set(abi, allNames().map(name => numberOf(abi, name)).filter(number => number !== undefined));
  const largest = Math.max(...known.get(abi)!);
  // With X32 in the filter a number above its base belongs to X32.
  const far = filteredAbis(machine).includes('SCMP_ARCH_X32') ? [] : FAR_NUMBERS;
  return [...new Set([...known.get(abi)!, base, largest + 1, largest + 2, largest + 100, ...far])];
}

/** The conditions that any rule of a document could put on a number of an ABI. */
function conditionsOn({ syscalls = [] }: ProfileDocument, abi: string, number: number, libseccomp: string): ArgumentCondition[] {
  const name = nameOf(abi, number);
  const named = syscalls.filter(({ names }) => names.includes(name!)).flatMap(({ args = [] }) => args);
  if (name !== 'socketcall' && name !== 'ipc') return named;
  const through = [...MULTIPLEXED.keys()].filter(each => MULTIPLEXED.get(each)!.call === name && isMultiplexed(libseccomp, each, abi));
  const rules = syscalls.filter(({ names }) => names.some(each => through.includes(each)));
  const selectors = rules.length === 0 ? [] : through.map(each => ({ index: 0, op: 'SCMP_CMP_EQ', value: BigInt(MULTIPLEXED.get(each)!.number) }));
  return [...named, ...rules.flatMap(({ args = [] }) => args), ...selectors];
}

/** Arguments at and around what the conditions look for: every combination if there are at most so many, else that many of them. */
function argumentVectors(conditions: readonly ArgumentCondition[], random: Random, limit: number): bigint[][] {
  const fill = () => random.pick(EVERYWHERE);
  if (conditions.length === 0) return [Array(ARGUMENTS).fill(0n), Array(ARGUMENTS).fill(UINT64_MAX), random.list(ARGUMENTS, () => random.uint64())];
  const candidates = Array.from({ length: ARGUMENTS }, (_, index) => {
    const own = conditions.filter(condition => condition.index === index);
    return own.length === 0 ? undefined : [...new Set([...own.flatMap(condition => around(condition, random)), ...EVERYWHERE])];
  });
  const combinations = candidates.reduce((product, values) => product * (values?.length ?? 1), 1);
  if (combinations > limit) return random.list(limit, () => candidates.map(values => values ? random.pick(values) : fill()));
  return candidates.reduce<bigint[][]>((vectors, values) => vectors.flatMap(vector => (values ?? [fill()]).map(value => [...vector, value])), [[]]);
}

function around({ op, value, valueTwo = 0n }: ArgumentCondition, random: Random): bigint[] {
  const goal = op === 'SCMP_CMP_MASKED_EQ' ? valueTwo & value : value;
  const near = [goal - 1n, goal, goal + 1n, goal ^ WORD, goal ^ (1n << 63n), goal & (WORD - 1n), goal | (UINT64_MAX - WORD + 1n)];
  const outside = (random.uint64() & ~value) | goal;
  const flipped = bits(value).concat(WORD).map(bit => goal ^ bit);
  const masked = op === 'SCMP_CMP_MASKED_EQ' ? [valueTwo, value, outside, ...flipped, ...flipped.map(each => each | (outside & ~value))] : [];
  return [...near, ...masked].map(each => BigInt.asUintN(64, each));
}

function bits(mask: bigint): bigint[] {
  return Array.from({ length: 64 }, (_, bit) => 1n << BigInt(bit)).filter(bit => (mask & bit) !== 0n);
}
