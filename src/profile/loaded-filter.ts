import { Answer, answerOf, defaultAnswer, sameAnswer } from './answers';
import { narrowed, sameConditions } from './conditions';
import { ArgumentCondition, ProfileDocument } from './document';
import { Runtime } from './runtime';
import { ABIS } from '../syscalls/abis';
import { MULTIPLEXED, isMultiplexed } from '../syscalls/multiplexed';
import { numberOf } from '../syscalls/numbers';
import { knownTo } from '../syscalls/since';

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
  conditional: LoadedRule[];
  /** A pair with equal conditions and different answers: libseccomp refuses the second. */
  conflict?: [LoadedRule, LoadedRule];
}

/** The rules of one ABI by system call number. */
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
  const filter = new Map<number, SyscallFilter>();
  for (const loaded of loadedRules(document)) {
    for (const [number, rule] of expansions(loaded, runtime.libseccomp, abi)) {
      const entry = filter.get(number) ?? { conditional: [] };
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
  const conditions = pointerBits === 32 ? rule.conditions.map(narrowed) : rule.conditions;
  const result: [number, LoadedRule][] = [];
  if (isMultiplexed(libseccomp, rule.name, abi)) {
    const { call, number } = MULTIPLEXED.get(rule.name)!;
    const selector = { index: 0, op: 'SCMP_CMP_EQ', value: BigInt(number) };
    result.push([numberOf(abi, call)!, { ...rule, conditions: [selector, ...conditions.filter(({ index }) => index !== 0)] }]);
  }
  if (knownTo(libseccomp, rule.name, abi)) result.push([numberOf(abi, rule.name)!, { ...rule, conditions }]);
  return result;
}

/** The first unconditional rule wins, over those after it and over all conditional ones. */
function addRule(entry: SyscallFilter, rule: LoadedRule): void {
  if (entry.unconditional) return;
  if (rule.conditions.length === 0) {
    entry.unconditional = rule;
    return;
  }
  const twin = entry.conditional.find(other => sameConditions(other.conditions, rule.conditions));
  if (twin && !sameAnswer(twin.answer, rule.answer)) entry.conflict ??= [twin, rule];
  if (!twin) entry.conditional.push(rule);
}
