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

/** Everything the filter of one ABI says about one number. */
export interface SyscallFilter {
  unconditional?: CallRule;
  /** The rules with conditions that take effect. */
  conditional: CallRule[];
  /** All of them as libseccomp gets them: what it makes of one can depend on those that it drops. */
  written: CallRule[];
  /** Whether some rule has a condition other than EQ and MASKED_EQ. */
  inexact?: boolean;
  /** A pair with different answers, of which the second has the first one's conditions, or the first of them: libseccomp refuses the second. */
  conflict?: [CallRule, CallRule];
  /** Nothing is sure about the filter of the whole ABI. */
  unreliable?: boolean;
}

/** The rules of one ABI by system call number. What libseccomp knows but the ABI has not is in it with a negative number. */
export type AbiFilter = ReadonlyMap<number, SyscallFilter>;

/**
 * What a runtime makes of a document: for each ABI in the filter, the rules as libseccomp holds them.
 *
 * runc and crun do the same here, name by name in the order of the document.
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

/** The ABI that shares a program with an ABI: X32 is never without X86_64, the node's own. */
function x32Partner({ architectures = [] }: ProfileDocument, abi: string): string[] {
  if (abi === X32) return [X86_64];
  return abi === X86_64 && architectures.includes(X32) ? [X32] : [];
}

/** X86_64 without X32. */
function isAlone(document: ProfileDocument, abi: string): boolean {
  return abi === X86_64 && x32Partner(document, abi).length === 0;
}

/**
 * Whether libseccomp, up to 2.6.1, surely builds what the rules of a program say, all calls together.
 *
 * It may not where rules name a call that the ABI has not, and none that it has without conditions. X86_64 without X32 is safe from that.
 */
function isReliable(program: readonly AbiFilter[]): boolean {
  return program.some(filter => some(filter, (number, { unconditional }) => number >= 0 && unconditional !== undefined))
    || !program.some(filter => some(filter, number => number < 0));
}

function some(filter: AbiFilter, test: (number: number, entry: SyscallFilter) => boolean): boolean {
  for (const [number, entry] of filter) if (test(number, entry)) return true;
  return false;
}

/** What is made of the rules of a document. */
interface BuiltRules {
  readonly rules: readonly CallRule[];
  readonly filters: Map<string, AbiFilter>;
}

const builtRules = new WeakMap<object, Map<string, BuiltRules>>();

/** BuiltRules, because the documents for several kinds of node have the same rules. */
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
    // A call that is multiplexed gets two rules.
    if (isMultiplexed(libseccomp, rule.name, abi)) add(...multiplexed(rule, abi));
    if (isKnownHere(rule.name)) add(numberOf(abi, rule.name)!, rule);
    else if (isKnownTo(libseccomp, rule.name)) add(pseudoNumber(rule.name), rule);
  }
  return filter;
}

/**
 * The largest number that the document names on an ABI, whatever its rule says; 0 if it names none. What runc's ENOSYS stub goes by.
 *
 * A multiplexed name does not count: libseccomp resolves it to a negative number that stands for both ways to it.
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

/** A rule with the conditions that libseccomp builds on an ABI. */
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

/** The first unconditional rule wins, over those after it and over all conditional ones. */
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
  // Among other rules libseccomp may not notice it of NE and inequalities.
  if (twins.length > 0 && (isExact(rule.conditions) || entry.written.length === 2)) entry.conflict ??= [twins[0], rule];
  entry.conditional.push(rule);
}

/**
 * Of two rules with the same answer libseccomp keeps the one that asks for less. With different answers it refuses the one that asks for
 * less if it comes after the other, else it drops the other.
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
