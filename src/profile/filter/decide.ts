import { Answer, defaultAnswer, ENOSYS_ANSWER, MISSING_ARCHITECTURE_ANSWER, sameAnswer } from './answers';
import { meets, narrow } from './conditions';
import { ContainerRuntime } from './container-runtime';
import { Alternative, DecidedBy, Decision, DecisionKind } from './decision';
import { miscompiledReason } from './libseccomp-limits';
import { AbiFilter, SyscallFilter } from './loaded-filter';
import { CallRule } from './rules-for';
import { abiOf, isS390 } from '../../syscalls/abis';
import { nameOf } from '../../syscalls/numbers';
import { SeccompAction } from '../document/action';
import { ArgumentCondition, ProfileDocument } from '../document/document';

/** A call as a filter sees it. An argument that is not given is unknown, not 0. */
export interface Call {
  readonly abi: string;
  readonly number: number;
  readonly args: ReadonlyMap<number, bigint>;
}

/** A profile as a node has loaded it, for one ABI. */
export interface LoadedProfile {
  readonly document: ProfileDocument;
  readonly runtime: ContainerRuntime;
  readonly abis: readonly string[];
  readonly stub?: { readonly number: number; readonly name: string };
  readonly filter: AbiFilter;
}

/** Decides as the runtime, libseccomp and the kernel do: by the ABI first, then runc's stub, then the rules, then the default action. */
export function decide(loaded: LoadedProfile, call: Call): Decision {
  const { document, runtime, stub } = loaded;
  const name = nameOf(call.abi, call.number) ?? `number ${call.number}`;
  if (!loaded.abis.includes(call.abi)) return killed(call.abi);
  const onX86 = call.abi === 'SCMP_ARCH_X86_64';
  if (stub && call.number > stub.number && !(onX86 && hasX32Bit(call.number))) {
    return decision(ENOSYS_ANSWER, DecidedBy.ENOSYS_STUB, {
      reason: `${runtime.name} answers ENOSYS to every number above the largest one that the profile names, ${stub.number} (${stub.name}), before the rules`,
    });
  }
  // s390 turns numbers that its kernel does not know into 0, setup(2).
  if (stub && call.number === 0 && isS390(call.abi) && runtime._isRunc('1.1.3')) {
    return decision(ENOSYS_ANSWER, DecidedBy.ENOSYS_STUB, { reason: `${runtime.name} answers ENOSYS to number 0 on s390, which stands for unknown calls` });
  }
  if (onX86 && call.number >= X32_BIT && call.number !== SKIPPED_BY_TRACER && !loaded.abis.includes(X32)) return killed(X32);
  const entry = loaded.filter.get(call.number);
  if (!entry) return byDefault(document, `no rule names ${name}${skipped(document, name)}: the default action answers`);
  if (entry.unreliable) {
    return undefinedDecision(`the rules name calls that ${call.abi} does not have, and no call that it has without conditions: `
      + 'libseccomp may build a filter that differs from the rules');
  }
  if (entry.unconditional) {
    return byRule(entry.unconditional, `${entry.unconditional.path} names ${name} without conditions`);
  }
  return decideByArguments(document, entry, call, name);
}

const reasons = new WeakMap<SyscallFilter, string | undefined>();

/** Caches the reason: it compares every rule with every other, and each decision asks for it. */
function cachedReason(entry: SyscallFilter): string | undefined {
  if (!reasons.has(entry)) reasons.set(entry, miscompiledReason(entry.written));
  return reasons.get(entry);
}

function decideByArguments(document: ProfileDocument, entry: SyscallFilter, call: Call, name: string): Decision {
  const reason = cachedReason(entry);
  if (reason) return undefinedDecision(`the rules for ${name} are ${reason}: libseccomp may build a filter that differs from them`);

  const verdicts = entry.conditional.map(rule => ({ rule, matches: matches(rule.conditions, call) }));
  const sure = verdicts.filter(({ matches: verdict }) => verdict === true).map(({ rule }) => rule);
  const open = verdicts.filter(({ matches: verdict }) => verdict === undefined).map(({ rule }) => rule);
  const clash = sure.find(rule => !sameAnswer(rule.answer, sure[0].answer));
  if (clash) {
    return undefinedDecision(`${sure[0].path} and ${clash.path} both match and have different actions: `
      + 'libseccomp chooses by its internal order, not by the order of the document');
  }
  const settled = sure.length > 0 ? sure[0].answer : defaultAnswer(document);
  if (open.some(rule => !sameAnswer(rule.answer, settled))) return dependsDecision(document, [...sure, ...open], name);
  if (sure.length > 0) return byRule(sure[0], `${sure[0].path} names ${name}, and its conditions are met: ${describe(sure[0].conditions)}`);
  return byDefault(document, `no rule for ${name} has its conditions met: the default action answers`);
}

/** True if a call meets the conditions; undefined if that depends on an unknown argument. */
function matches(conditions: readonly ArgumentCondition[], { abi, args }: Call): boolean | undefined {
  const is32bit = abiOf(abi).pointerBits === 32;
  const verdicts = conditions.map(condition => {
    const argument = args.get(condition.index);
    return argument === undefined ? undefined : meets(condition, is32bit ? narrow(argument) : argument);
  });
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function killed(abi: string): Decision {
  return decision(MISSING_ARCHITECTURE_ANSWER, DecidedBy.MISSING_ARCHITECTURE, {
    reason: `${abi} is not in architectures: libseccomp kills a program with SIGSYS if the ABI of its call is not in the filter`,
  });
}

function byRule(rule: CallRule, reason: string): Decision {
  return decision(rule.answer, DecidedBy.RULE, { rule: rule.rule, path: rule.path, reason });
}

function byDefault(document: ProfileDocument, reason: string): Decision {
  return decision(defaultAnswer(document), DecidedBy.DEFAULT_ACTION, { path: 'defaultAction', reason });
}

function decision({ action, errno }: Answer, decidedBy: DecidedBy, rest: Pick<Decision, 'reason' | 'rule' | 'path'>): Decision {
  return { kind: DecisionKind.ACTION, decidedBy, action: SeccompAction.of(action), errno, ...rest };
}

function undefinedDecision(reason: string): Decision {
  return { kind: DecisionKind.UNDEFINED, decidedBy: DecidedBy.LIBSECCOMP, reason };
}

function dependsDecision(document: ProfileDocument, rules: readonly CallRule[], name: string): Decision {
  const alternatives: Alternative[] = rules.map(({ answer, conditions, path }) => ({ when: describe(conditions), ...spell(answer), path }));
  return {
    kind: DecisionKind.DEPENDS_ON_ARGUMENTS,
    decidedBy: DecidedBy.RULE,
    reason: `the answer to ${name} depends on its arguments: ${rules.map(rule => rule.path).join(', ')}`,
    alternatives: [...alternatives, { when: 'otherwise', ...spell(defaultAnswer(document)) }],
  };
}

function spell({ action, errno }: Answer): { action: SeccompAction; errno?: number } {
  return { action: SeccompAction.of(action), errno };
}

/** Explains why a name in the document has no rule in the filter. */
function skipped(document: ProfileDocument, name: string): string {
  const named = document.syscalls?.some(rule => rule.names.includes(name));
  return named ? ' with an action other than the default, or libseccomp does not know the name' : '';
}

const SYMBOLS: Record<string, string> = {
  SCMP_CMP_NE: '!=', SCMP_CMP_LT: '<', SCMP_CMP_LE: '<=', SCMP_CMP_EQ: '==', SCMP_CMP_GE: '>=', SCMP_CMP_GT: '>',
};

/** Returns conditions as text: `arg0 & 0x10000000 == 0x10000000 and arg2 > 0x3`. */
export function describe(conditions: readonly ArgumentCondition[]): string {
  const hex = (value: bigint) => `0x${value.toString(16)}`;
  return conditions.map(({ index, op, value, valueTwo = 0n }) => op === 'SCMP_CMP_MASKED_EQ'
    ? `arg${index} & ${hex(value)} == ${hex(valueTwo)}`
    : `arg${index} ${SYMBOLS[op]} ${hex(value)}`).join(' and ');
}

const X32 = 'SCMP_ARCH_X32';
/** The bit that distinguishes X32 from X86_64, also for runc's stub. */
const X32_BIT = 0x40000000;
const hasX32Bit = (number: number) => Math.floor(number / X32_BIT) % 2 === 1;
/** -1, with which a tracer skips a call: libseccomp leaves it to X86_64. */
const SKIPPED_BY_TRACER = 0xffffffff;
