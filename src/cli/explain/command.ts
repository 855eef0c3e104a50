import { Command, Option } from 'commander';
import { enumerate } from '../../private/text';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { Decision, DecisionKind } from '../../profile/filter/decision';
import { Libc } from '../../profile/filter/libc';
import { queriedNumber } from '../../profile/filter/query';
import { ThreadStart } from '../../profile/filter/threads';
import { answersByNode, NodePart, nodeParts, usualArchitectures } from '../../profile/node-part';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { abiWord as formatAbi } from '../../syscalls/abis';
import { numberOf } from '../../syscalls/numbers';
import { FoundProfile } from '../documents/found-profile';
import { findOne, readAsNode } from '../documents/one-profile';
import { Io, Status } from '../io';
import { architectureOption, argumentOption, collect, runtimeOption } from '../options';
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
    const architectures = arch ?? usualArchitectures(profile);
    // A call that one of several architectures does not have is no mistake.
    const asked = architectures.filter(({ value }) => numberOf(value, syscall) !== undefined);
    const blocks = (asked.length > 0 ? asked : architectures.slice(0, 1)).flatMap(architecture =>
      explained(found, profile, { syscall, architecture, runtime, args }, styleFor(io)));
    io.stdout(blocks.join('\n'));
    return Status.CLEAN;
  };
}

/** One block for all kinds of node that run programs of the architecture; where they answer differently, a block for each. */
function explained(found: FoundProfile, whole: SeccompProfile, question: Question, style: Style): string[] {
  const { syscall, architecture } = question;
  const number = queriedNumber({ syscall, architecture });
  const parts = nodeParts(whole, architecture);
  const answers = answersByNode(parts, part => answerOn(found, whole, part, question), ({ word, lines, refusal }) => [word, ...lines, Boolean(refusal)].join('\n'));
  return answers.map(({ answer: { word, lines, refusal }, nodes }) => {
    const on = `${enumerate((nodes ?? parts.map(({ node }) => node)).map(String))} nodes`;
    const where = [formatAbi(architecture.value), ...nodes ? [on] : []].join(', ');
    const remark = refusal ? [`as it is, no container starts: ${refusal}`, `this is the answer of the document for ${on}`] : [];
    return [`${syscall} (${number} on ${where}): ${style.bold(word)}`, ...[...remark, ...lines].map(line => `  ${line}`), ''].join('\n');
  });
}

interface ExplainedAnswer {
  readonly word: string;
  readonly lines: readonly string[];
  /** Why no runtime loads the whole profile, where this is the answer of the node's part. */
  readonly refusal?: string;
}

function answerOn(found: FoundProfile, whole: SeccompProfile, part: NodePart, question: Question): ExplainedAnswer {
  const query = { ...question, args: [...question.args], node: part.node };
  const first = whole.decide(query);
  // No runtime loads a list of both byte orders; what a node would answer with its own part of it is worth knowing too.
  const own = first.kind === DecisionKind.REFUSED ? part.profile.decide(query) : first;
  const isPart = own.kind !== DecisionKind.REFUSED && own !== first;
  const lines = [
    own.reason,
    ...alternativeLines(own),
    ...own.rule === undefined ? [] : [`rule: ${own.path} at ${positionOf(found, own)}`],
    ...own.kind === DecisionKind.REFUSED ? [] : threadLines({ ...part, profile: isPart ? part.profile : whole }, question),
  ];
  return { word: answerOf(own), lines, refusal: isPart ? first.reason : undefined };
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
function threadLines({ profile, node }: NodePart, { syscall, architecture, runtime }: Question): string[] {
  if (syscall !== 'clone3' && syscall !== 'clone') return [];
  const libcs = [Libc.glibc('2.39'), Libc.musl()];
  const threads = libcs.map(libc => profile._threads({ libc, architecture, runtime, node }));
  const lines = threads.filter(({ answer }) => answer.start !== ThreadStart.WORKS).map(({ answer }) => `threads: ${answer.reason}`);
  if (lines.length === 0) return [`threads: start under ${libcs.join(' and ')}`];
  const isClone3 = threads.some(({ answer, call }) => answer.start === ThreadStart.FAILS && call === 'clone3');
  return isClone3 ? [...lines, 'fix: add { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }, or `cdk8s-seccomp lint --fix`'] : lines;
}
