import { Answer, answerOf, defaultAnswer, sameAnswer } from './answers';
import { asksNothing, isExact, isSame, isStart, narrowed } from './conditions';
import { ArgumentCondition, ProfileDocument } from './document';
import { Runtime } from './runtime';
import { ABIS } from '../syscalls/abis';
import { MULTIPLEXED, isMultiplexed } from '../syscalls/multiplexed';
import { allNames, isKnown, numberOf } from '../syscalls/numbers';
import { knownTo, sinceLibseccomp } from '../syscalls/since';
import { isAtLeast } from '../syscalls/version';

/** A rule as libseccomp holds it, for one system call of one ABI. */
export interface LoadedRule {
  readonly name: string;
  readonly answer: Answer;
  readonly conditions: readonly ArgumentCondition[];
  /** Index in the document's `syscalls`. */
  readonly rule: number;
  /** Where in the document it comes from, such as `syscalls[3].names[0]`. */
  readonly path: string;
}

/** Everything the filter of one ABI says about one number. */
export interface SyscallFilter {
  unconditional?: LoadedRule;
  /** The rules with conditions that take effect. */
  conditional: LoadedRule[];
  /** All of them as libseccomp gets them: what it makes of one can depend on those that it drops. */
  written: LoadedRule[];
  /** A pair with different answers, of which the second has the first one's conditions, or the first of them: libseccomp refuses the second. */
  conflict?: [LoadedRule, LoadedRule];
  /** Nothing is sure about the filter of the whole ABI. */
  undependable?: boolean;
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
export function loadFilter(document: ProfileDocument, runtime: Runtime, abi: string): AbiFilter {
  const filter = rulesByNumber(document, runtime, abi);
  const program = [abi, ...x32Partner(document, abi)];
  const entries = program.flatMap(each => [...each === abi ? filter : rulesByNumber(document, runtime, each)]);
  if (!isDependable(program, entries)) filter.forEach(entry => { entry.undependable = true; });
  return filter;
}

const [X86_64, X32] = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X32'];

/** The ABI that shares a program with an ABI: X32 is never without X86_64, the node's own. */
function x32Partner({ architectures = [] }: ProfileDocument, abi: string): string[] {
  if (abi === X32) return [X86_64];
  return abi === X86_64 && architectures.includes(X32) ? [X32] : [];
}

/**
 * Whether libseccomp, up to 2.6.1, surely builds what the rules of an ABI say, all calls together.
 *
 * It may not where rules name a call that the ABI has not, and none that it has without conditions. X86_64 without X32 is safe from that.
 */
function isDependable(program: readonly string[], entries: readonly [number, SyscallFilter][]): boolean {
  if (program.length === 1 && program[0] === X86_64) return true;
  return entries.every(([number]) => number >= 0) || entries.some(([number, { unconditional }]) => number >= 0 && unconditional);
}

function rulesByNumber(document: ProfileDocument, runtime: Runtime, abi: string): Map<number, SyscallFilter> {
  const filter = new Map<number, SyscallFilter>();
  for (const loaded of loadedRules(document)) {
    for (const [number, rule] of expansions(loaded, runtime.libseccomp, abi)) {
      const entry = filter.get(number) ?? { conditional: [], written: [] };
      filter.set(number, entry);
      addRule(entry, rule);
    }
  }
  return filter;
}

/**
 * The largest number that the document names on an ABI, whatever its rule says; 0 if it names none. What runc's ENOSYS stub goes by.
 *
 * A multiplexed name does not count: libseccomp resolves it to a negative number that stands for both ways to it.
 */
export function largestNumber(document: ProfileDocument, runtime: Runtime, abi: string): { number: number; name: string } {
  let largest = { number: 0, name: '' };
  for (const name of document.syscalls?.flatMap(rule => rule.names) ?? []) {
    const counts = knownTo(runtime.libseccomp, name, abi) && !isMultiplexed(runtime.libseccomp, name, abi);
    const number = counts ? numberOf(abi, name)! : 0;
    if (number > largest.number) largest = { number, name };
  }
  return largest;
}

/** A rule that says what the default action says is skipped; two conditions on one argument become rules of their own. */
function* loadedRules(document: ProfileDocument): Iterable<LoadedRule> {
  const byDefault = defaultAnswer(document);
  for (const [index, { names, action, errnoRet, args = [] }] of (document.syscalls ?? []).entries()) {
    const answer = answerOf(action, errnoRet);
    if (sameAnswer(answer, byDefault)) continue;
    const repeated = new Set(args.map(condition => condition.index)).size < args.length;
    for (const [position, name] of names.entries()) {
      const rule = { name, answer, rule: index, path: `syscalls[${index}].names[${position}]` };
      if (repeated) yield* args.map(condition => ({ ...rule, conditions: [condition] }));
      else yield { ...rule, conditions: args };
    }
  }
}

/** The numbers that a rule is for on an ABI: none if libseccomp does not know the name there, two where the call is multiplexed too. */
function expansions(rule: LoadedRule, libseccomp: string, abi: string): [number, LoadedRule][] {
  const { pointerBits } = ABIS.find(({ name }) => name === abi)!;
  const conditions = (pointerBits === 32 ? rule.conditions.map(narrowed) : rule.conditions).filter(condition => !asksNothing(condition));
  const result: [number, LoadedRule][] = [];
  if (isMultiplexed(libseccomp, rule.name, abi)) {
    const { call, number } = MULTIPLEXED.get(rule.name)!;
    const selector = { index: 0, op: 'SCMP_CMP_EQ', value: BigInt(number) };
    result.push([numberOf(abi, call)!, { ...rule, conditions: [selector, ...conditions.filter(({ index }) => index !== 0)] }]);
  }
  if (knownTo(libseccomp, rule.name, abi)) result.push([numberOf(abi, rule.name)!, { ...rule, conditions }]);
  else if (isKnownTo(libseccomp, rule.name)) result.push([pseudoNumber(rule.name), { ...rule, conditions }]);
  return result;
}

function isKnownTo(libseccomp: string, name: string): boolean {
  return isKnown(name) && isAtLeast(libseccomp, sinceLibseccomp(name) ?? '0');
}

function pseudoNumber(name: string): number {
  return -1 - allNames().indexOf(name);
}

/** The first unconditional rule wins, over those after it and over all conditional ones. */
function addRule(entry: SyscallFilter, rule: LoadedRule): void {
  if (entry.unconditional) return;
  if (rule.conditions.length === 0) {
    entry.unconditional = rule;
    return;
  }
  const twins = entry.written.filter(other => isSame(other.conditions, rule.conditions));
  if (twins.some(other => sameAnswer(other.answer, rule.answer))) return;
  entry.written.push(rule);
  if (entry.written.every(({ conditions }) => isExact(conditions))) return addExactRule(entry, rule);
  // Among other rules libseccomp may not notice it of NE and inequalities.
  if (twins.length > 0 && (isExact(rule.conditions) || entry.written.length === 2)) entry.conflict ??= [twins[0], rule];
  entry.conditional.push(rule);
}

/**
 * Of two rules with the same answer libseccomp keeps the one that asks for less. With different answers it refuses the one that asks for
 * less if it comes after the other, else it drops the other.
 */
function addExactRule(entry: SyscallFilter, rule: LoadedRule): void {
  const shorter = entry.conditional.filter(other => isStart(rule.conditions, other.conditions));
  if (shorter.some(other => !isSame(other.conditions, rule.conditions))) return;
  const longer = entry.conditional.filter(other => isStart(other.conditions, rule.conditions));
  const opposite = longer.find(other => !sameAnswer(other.answer, rule.answer));
  if (opposite) entry.conflict ??= [opposite, rule];
  entry.conditional = [...entry.conditional.filter(other => !longer.includes(other)), rule];
}
