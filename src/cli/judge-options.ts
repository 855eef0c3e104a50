import { Command, Option } from 'commander';
import { collect, kernelOption, libcOption, runtimeOption } from './options';
import { LintSeverity } from '../lint/finding';
import { LintOptions, LintSuppression } from '../lint/profile-linter';
import { LintTargets } from '../lint/targets';
import { InputError, list, show } from '../private/errors';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { Libc } from '../profile/filter/libc';

/** Options that control how profiles are judged. */
export interface JudgeFlags {
  readonly target?: readonly string[];
  readonly severity?: readonly string[];
  readonly suppress?: readonly string[];
  readonly maxWarnings?: number;
}

/** Adds the options that `lint` and `check` share. */
export function addJudgeOptions(command: Command): Command {
  const asIs = collect(text => text);
  return command
    .addOption(new Option('--target <key=value,…>', 'judge for these nodes, runtimes, C libraries or kernel, such as node=arm64').argParser(asIs))
    .addOption(new Option('--severity <rule=severity>', 'set the severity of a rule: error, warning, info or off').argParser(asIs))
    .addOption(new Option('--suppress <rule=reason>', 'suppress a rule, with a reason').argParser(asIs))
    .option('--max-warnings <n>', 'exit with 1 on more warnings than this', maxWarnings);
}

export function judgeOptions({ target = [], severity = [], suppress = [] }: JudgeFlags): LintOptions {
  return {
    targets: targetsOf(target),
    severities: Object.fromEntries(severity.map(severityOf)),
    suppressions: suppress.map(suppressionOf),
  };
}

function maxWarnings(text: string): number {
  if (!/^\d+$/.test(text)) throw new InputError(`--max-warnings ${text} is not a number, expected one such as 0`);
  return Number(text);
}

/** Reads `node=arm64,runtime=runc@1.1.5|crun@1.8.1`. Values of one key add up, in one option or in several. */
function targetsOf(texts: readonly string[]): LintTargets {
  const nodes: NodeArchitecture[] = [];
  const runtimes: ContainerRuntime[] = [];
  const libcs: Libc[] = [];
  let kernel: string | undefined;
  for (const part of texts.flatMap(text => text.split(','))) {
    const [key, rest] = split(part, 'a target such as node=arm64');
    for (const value of rest.split('|')) {
      switch (key) {
        case 'node': nodes.push(NodeArchitecture.of(value)); break;
        case 'runtime': runtimes.push(runtimeOption(value)); break;
        case 'libc': libcs.push(libcOption(value)); break;
        case 'kernel': kernel = kernelOption(value); break;
        default: throw new InputError(`${show(key)} is not a kind of target, expected node, runtime, libc or kernel`);
      }
    }
  }
  return { nodes: given(nodes), runtimes: given(runtimes), libcs: given(libcs), kernel };
}

function severityOf(text: string): [string, LintSeverity] {
  const [rule, severity] = split(text, 'a rule and its severity such as denylist-gap=error');
  const known: readonly string[] = Object.values(LintSeverity);
  if (!known.includes(severity)) throw new InputError(`${show(severity)} is not a severity, expected one of ${list(known)}`);
  return [rule, severity as LintSeverity];
}

function suppressionOf(text: string): LintSuppression {
  const [rule, reason] = split(text, 'a rule and a reason such as \'missing-compat-abi=no 32-bit programs\'');
  return { rule, reason };
}

function split(text: string, expected: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError(`${show(text)} has no value, expected ${expected}`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function given<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}
