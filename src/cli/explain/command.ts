import { Command, Option } from 'commander';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { Decision, DecisionKind } from '../../profile/filter/decision';
import { Libc } from '../../profile/filter/libc';
import { ThreadStart } from '../../profile/filter/threads';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { numberOf } from '../../syscalls/numbers';
import { FoundProfile } from '../documents/found-profile';
import { findOne, readAsNode } from '../documents/one-profile';
import { Io, Status } from '../io';
import { nativeArchitectures } from '../native-architectures';
import { architectureOption, argumentOption, collect, nodeOf, runtimeOption } from '../options';
import { Style, styleFor, table } from '../style';
import { actionWords, answerOf } from '../words';

const HELP = `
Examples:
  cdk8s-seccomp explain profile.json clone3
  cdk8s-seccomp explain profile.json clone --arch arm64 --runtime runc@1.1.5 --arg 0=0x10000000
`;

interface Flags {
  readonly arch?: readonly SeccompArchitecture[];
  readonly runtime?: ContainerRuntime;
  readonly arg?: readonly { readonly index: number; readonly value: string }[];
}

interface Question {
  readonly syscall: string;
  readonly architecture: SeccompArchitecture;
  readonly runtime?: ContainerRuntime;
  readonly args: readonly (string | undefined)[];
}

export function explain(command: Command, io: Io): (name: string, syscall: string, flags: Flags) => Status {
  command
    .description('What a node that has loaded the profile answers to a system call, and why.')
    .argument('<file>', 'a profile, or a manifest with one profile; - is standard input')
    .argument('<syscall>', 'name of the call, such as clone3')
    .addOption(new Option('--arch <arch>', 'a node (amd64, arm64, …) or an ABI (X86, SCMP_ARCH_X86, …) of the program').argParser(collect(architectureOption)))
    .addOption(new Option('--runtime <runtime>', 'such as runc@1.1.5 or crun@1.8.1+libseccomp@2.5.4').argParser(runtimeOption))
    .addOption(new Option('--arg <n=value>', 'an argument of the call, such as 0=0x10000000').argParser(collect(argumentOption)))
    .addHelpText('after', HELP);
  return (name, syscall, { arch, runtime, arg = [] }) => {
    const found = findOne(name, io);
    const profile = readAsNode(found);
    const args = [0, 1, 2, 3, 4, 5].map(index => arg.find(each => each.index === index)?.value);
    const architectures = arch ?? nativeArchitectures(profile);
    // A call that one of several architectures does not have is no mistake.
    const asked = architectures.filter(({ value }) => numberOf(value, syscall) !== undefined);
    const blocks = (asked.length > 0 ? asked : architectures.slice(0, 1)).map(architecture =>
      explained(found, profile, { syscall, architecture, runtime, args }, styleFor(io)));
    io.stdout(blocks.join('\n'));
    return Status.CLEAN;
  };
}

function explained(found: FoundProfile, whole: SeccompProfile, question: Question, style: Style): string {
  const { syscall, architecture } = question;
  const first = whole.decide({ ...question, args: [...question.args] });
  const isRefused = first.kind === DecisionKind.REFUSED;
  const { profile, decision, remark } = isRefused ? forItsNode(whole, question, first) : { profile: whole, decision: first, remark: [] };
  const lines = [
    ...remark,
    decision.reason,
    ...alternativeLines(decision),
    ...decision.rule === undefined ? [] : [`rule: ${decision.path} at ${positionOf(found, decision)}`],
    ...decision.kind === DecisionKind.REFUSED ? [] : threadLines(profile, question),
  ];
  const number = numberOf(architecture.value, syscall)!;
  const answer = style.bold(answerOf(decision));
  return [`${syscall} (${number} on ${architecture.value.replace('SCMP_ARCH_', '')}): ${answer}`, ...lines.map(line => `  ${line}`), ''].join('\n');
}

/** No runtime loads a list of both byte orders; what a node would answer with its own part of it is worth knowing all the same. */
function forItsNode(whole: SeccompProfile, question: Question, refusal: Decision) {
  const node = nodeOf(question.architecture);
  const part = node && whole.nodes.includes(node) ? whole.forNode(node) : whole;
  const decision = part.decide({ ...question, args: [...question.args] });
  if (decision.kind === DecisionKind.REFUSED) return { profile: whole, decision, remark: [] };
  return { profile: part, decision, remark: [`as it is, no container starts: ${refusal.reason}`, `this is the answer of the document for ${node} nodes`] };
}

function alternativeLines({ alternatives = [] }: Decision): string[] {
  if (alternatives.length === 0) return [];
  return table(alternatives.map(({ when, action, errno }) => [`  ${when}`, actionWords(action, errno)])).split('\n');
}

function positionOf(found: FoundProfile, { path = '' }: Decision): string {
  const { line, column } = found.place(path);
  return `${found.file.name}:${line}:${column}`;
}

/** What becomes of threads, for the calls that start them. */
function threadLines(profile: SeccompProfile, { syscall, architecture, runtime }: Question): string[] {
  if (syscall !== 'clone3' && syscall !== 'clone') return [];
  const libcs = [Libc.glibc('2.39'), Libc.musl()];
  const threads = libcs.map(libc => profile._threads({ libc, architecture, runtime }));
  const lines = threads.filter(({ answer }) => answer.start !== ThreadStart.WORKS).map(({ answer }) => `threads: ${answer.reason}`);
  if (lines.length === 0) return [`threads: start under ${libcs.join(' and ')}`];
  const isClone3 = threads.some(({ answer, call }) => answer.start === ThreadStart.FAILS && call === 'clone3');
  return isClone3 ? [...lines, 'fix: add { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }, or `cdk8s-seccomp lint --fix`'] : lines;
}
