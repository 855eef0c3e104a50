import { sameAnswer } from './answers';
import { asksNothing, isExact, haveSameConditions, isPrefix, narrowed } from './conditions';
import { ContainerRuntime } from './container-runtime';
import { CallRule, callRules } from './rules-for';
import { isAtLeast } from '../../private/version';
import { ABIS } from '../../syscalls/abis';
import { MULTIPLEXED, isMultiplexed } from '../../syscalls/multiplexed';
import { isKnown, numberOf, positionOf } from '../../syscalls/numbers';
import { knowledge, sinceLibseccomp } from '../../syscalls/since';
import { ProfileDocument } from '../document/document';

/** Rules of the filter of one ABI for one number. */
export interface SyscallFilter {
  unconditional?: CallRule;
  /** Rules with conditions that take effect. */
  conditional: CallRule[];
  /** All rules with conditions that libseccomp gets: those that it drops can still change how it builds the others. */
  written: CallRule[];
  /** True if some rule has a condition other than EQ and MASKED_EQ. */
  inexact?: boolean;
  /** Two rules with different answers. The second has all or the first ones of the first one's conditions: libseccomp refuses it. */
  conflict?: [CallRule, CallRule];
  /** True if libseccomp may build the filter of the whole ABI differently. */
  unreliable?: boolean;
}

/** Rules of one ABI by system call number. A call that libseccomp knows but the ABI does not have gets a negative number. */
export type AbiFilter = ReadonlyMap<number, SyscallFilter>;

/**
 * Returns the rules of a document for one ABI as libseccomp holds them. runc and crun both add them name by name, in the order of the document.
 *
 * @see https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go (matchCall)
 * @see https://github.com/containers/crun/blob/1.8.1/src/libcrun/seccomp.c (libcrun_generate_seccomp)
 */
export function loadFilter(document: ProfileDocument, runtime: ContainerRuntime, abi: string): AbiFilter {
  const filter = rulesByNumber(document, runtime, abi);
  const program = [filter, ...x32Partner(document, abi).map(partner => rulesByNumber(document, runtime, partner))];
  if (isAlone(document, abi) || isReliable(program)) return filter;
  return new Map([...filter].map(([number, entry]) => [number, { ...entry, unreliable: true }]));
}

const [X86_64, X32] = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X32'];

/** Returns the ABI that shares a program with an ABI: X32 is never without X86_64, the native ABI. */
function x32Partner({ architectures = [] }: ProfileDocument, abi: string): string[] {
  if (abi === X32) return [X86_64];
  return abi === X86_64 && architectures.includes(X32) ? [X32] : [];
}

/** True for X86_64 without X32. */
function isAlone(document: ProfileDocument, abi: string): boolean {
  return abi === X86_64 && x32Partner(document, abi).length === 0;
}

/**
 * True if libseccomp, up to 2.6.1, builds the rules of a program as they are, all calls together.
 *
 * It may not if rules name a call that the ABI does not have, and no call that it has without conditions. X86_64 without X32 is not affected.
 */
function isReliable(program: readonly AbiFilter[]): boolean {
  return program.some(filter => some(filter, (number, { unconditional }) => number >= 0 && unconditional !== undefined))
    || !program.some(filter => some(filter, number => number < 0));
}

function some(filter: AbiFilter, test: (number: number, entry: SyscallFilter) => boolean): boolean {
  for (const [number, entry] of filter) if (test(number, entry)) return true;
  return false;
}

/** Rules of a document, and the filters built from them. */
interface BuiltRules {
  readonly rules: readonly CallRule[];
  readonly filters: Map<string, AbiFilter>;
}

const builtRules = new WeakMap<object, Map<string, BuiltRules>>();

/** Returns the rules of an ABI by number. They are cached: documents for several kinds of node share their rules. */
function rulesByNumber(document: ProfileDocument, { libseccomp }: ContainerRuntime, abi: string): AbiFilter {
  const { syscalls, defaultAction, defaultErrnoRet } = document;
  if (!syscalls) return new Map();
  const byDefault = builtRules.get(syscalls) ?? new Map<string, BuiltRules>();
  builtRules.set(syscalls, byDefault);
  const { rules, filters } = byDefault.get(`${defaultAction} ${defaultErrnoRet}`) ?? { rules: [...callRules(document)], filters: new Map<string, AbiFilter>() };
  byDefault.set(`${defaultAction} ${defaultErrnoRet}`, { rules, filters });
  const filter = filters.get(`${libseccomp} ${abi}`) ?? buildRules(rules, libseccomp, abi);
  filters.set(`${libseccomp} ${abi}`, filter);
  return filter;
}

function buildRules(rules: readonly CallRule[], libseccomp: string, abi: string): AbiFilter {
  const filter = new Map<number, SyscallFilter>();
  const isKnownHere = knowledge(libseccomp, abi);
  const add = (number: number, rule: CallRule) => {
    const entry = filter.get(number) ?? { conditional: [], written: [] };
    filter.set(number, entry);
    addRule(entry, rule);
  };
  for (const written of rules) {
    const rule = onAbi(written, abi);
    // A multiplexed call gets two rules.
    if (isMultiplexed(libseccomp, rule.name, abi)) add(...multiplexed(rule, abi));
    if (isKnownHere(rule.name)) add(numberOf(abi, rule.name)!, rule);
    else if (isKnownTo(libseccomp, rule.name)) add(pseudoNumber(rule.name), rule);
  }
  return filter;
}

/**
 * Returns the largest number that the document names on an ABI, whatever the action; 0 if it names none. runc's ENOSYS stub starts above it.
 *
 * A multiplexed name does not count: libseccomp resolves it to a negative number.
 */
export function largestNumber(document: ProfileDocument, runtime: ContainerRuntime, abi: string): { number: number; name: string } {
  let largest = { number: 0, name: '' };
  const isKnownHere = knowledge(runtime.libseccomp, abi);
  for (const name of document.syscalls?.flatMap(rule => rule.names) ?? []) {
    const counts = isKnownHere(name) && !isMultiplexed(runtime.libseccomp, name, abi);
    const number = counts ? numberOf(abi, name)! : 0;
    if (number > largest.number) largest = { number, name };
  }
  return largest;
}

/** Returns a rule with the conditions that libseccomp builds on an ABI. */
function onAbi(rule: CallRule, abi: string): CallRule {
  if (rule.conditions.length === 0) return rule;
  const conditions = is32bit(abi) ? rule.conditions.map(narrowed) : rule.conditions;
  return { ...rule, conditions: conditions.filter(condition => !asksNothing(condition)) };
}

function multiplexed(rule: CallRule, abi: string): [number, CallRule] {
  const { call, number } = MULTIPLEXED.get(rule.name)!;
  const selector = { index: 0, op: 'SCMP_CMP_EQ', value: BigInt(number) };
  return [numberOf(abi, call)!, { ...rule, conditions: [selector, ...rule.conditions.filter(({ index }) => index !== 0)] }];
}

const NARROW = new Set(ABIS.filter(({ pointerBits }) => pointerBits === 32).map(({ name }) => name));
const is32bit = (abi: string) => NARROW.has(abi);

function isKnownTo(libseccomp: string, name: string): boolean {
  return isKnown(name) && isAtLeast(libseccomp, sinceLibseccomp(name) ?? '0');
}

function pseudoNumber(name: string): number {
  return -1 - positionOf(name)!;
}

/** Adds a rule to those for a number. The first unconditional rule wins over later rules and over all rules with conditions. */
function addRule(entry: SyscallFilter, rule: CallRule): void {
  if (entry.unconditional) return;
  if (rule.conditions.length === 0) {
    entry.unconditional = rule;
    return;
  }
  const twins = entry.written.filter(other => haveSameConditions(other.conditions, rule.conditions));
  if (twins.some(other => sameAnswer(other.answer, rule.answer))) return;
  entry.written.push(rule);
  entry.inexact ||= !isExact(rule.conditions);
  if (!entry.inexact) return addExactRule(entry, rule);
  // With other rules present, libseccomp may not notice the conflict of NE and inequalities.
  if (twins.length > 0 && (isExact(rule.conditions) || entry.written.length === 2)) entry.conflict ??= [twins[0], rule];
  entry.conditional.push(rule);
}

/**
 * Adds a rule with only equalities. If two rules have the same answer, libseccomp keeps the one with fewer conditions. If they differ, it refuses
 * the one with fewer conditions if it comes second, and drops the other one if it comes first.
 */
function addExactRule(entry: SyscallFilter, rule: CallRule): void {
  const shorter = entry.conditional.filter(other => isPrefix(rule.conditions, other.conditions));
  if (shorter.some(other => !haveSameConditions(other.conditions, rule.conditions))) return;
  const longer = entry.conditional.filter(other => isPrefix(other.conditions, rule.conditions));
  const opposite = longer.find(other => !sameAnswer(other.answer, rule.answer));
  if (opposite) entry.conflict ??= [opposite, rule];
  if (longer.length > 0) entry.conditional = entry.conditional.filter(other => !longer.includes(other));
  entry.conditional.push(rule);
}
