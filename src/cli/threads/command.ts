import { Command, Option } from 'commander';
import { formatRuntimes } from '../../lint/text';
import { enumerate, groupBy } from '../../private/text';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { GLIBC_BEFORE_CHANGES, GLIBC_CHANGES, Libc } from '../../profile/filter/libc';
import { ThreadsAnswer, ThreadStart } from '../../profile/filter/threads';
import { answersByNode, NodePart, nodeParts, usualArchitectures } from '../../profile/node-part';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { abiWord } from '../../syscalls/abis';
import { formatErrno } from '../answer-text';
import { findOne, readAsNode } from '../documents/one-profile';
import { Io, Status } from '../io';
import { architectureOption, collect, kernelOption, runtimeOption } from '../options';
import { table } from '../style';

const RUNTIMES = [ContainerRuntime.runc('1.0.0-rc92', { libseccomp: '2.5.5' }), ...ContainerRuntime.shipped(), ContainerRuntime.runc('1.3.6')];

const HELP = `
Each glibc stands for the releases up to the next change in how it starts threads.

Examples:
  cdk8s-seccomp threads profile.json
  cdk8s-seccomp threads profile.json --arch arm64 --arch ARM --runtime runc@1.1.5

Exit status: 0 threads start everywhere, 1 in some case they do not, 2 wrong usage or a file that cannot be read.
`;

interface Flags {
  readonly arch?: readonly SeccompArchitecture[];
  readonly runtime?: readonly ContainerRuntime[];
  readonly kernel?: string;
}

export function threads(command: Command, io: Io): (name: string, flags: Flags) => Status {
  command
    .description('Show whether threads start under the profile, by C library and runtime.')
    .argument('<file>', 'a profile, or a manifest with one profile; - is standard input')
    .addOption(new Option('--arch <arch>', 'name a node (amd64, arm64, …) or an ABI (X86, ARM, …) of the program').argParser(collect(architectureOption)))
    .addOption(new Option('--runtime <runtime>', 'name a runtime that loads the profile, such as runc@1.1.5 or crun@1.8.1+libseccomp@2.5.4').argParser(collect(runtimeOption)))
    .addOption(new Option('--kernel <version>', 'set the kernel of the nodes').argParser(kernelOption).default('5.10'))
    .addHelpText('after', HELP);
  return (name, { arch, runtime = RUNTIMES, kernel }) => {
    const profile = readAsNode(findOne(name, io));
    const architectures = arch ?? usualArchitectures(profile);
    const rows = architectures.flatMap(architecture => rowsOf(profile, architecture, runtime, kernel));
    const columns = groupBy(runtime, each => rows.map(row => cell(row.answers[runtime.indexOf(each)])).join());
    const cells = rows.map(row => [row.label, ...columns.map(([first]) => cell(row.answers[runtime.indexOf(first)]))]);
    io.stdout(`${table([['', ...columns.map(formatRuntimes)], ...cells], 3)}\n${reasons(rows.flatMap(({ answers }) => answers))}`);
    return rows.every(({ answers }) => answers.every(({ start }) => start === ThreadStart.WORKS)) ? Status.CLEAN : Status.FINDINGS;
  };
}

interface Row {
  readonly label: string;
  readonly answers: readonly ThreadsAnswer[];
}

/** Returns a row for each C library; several if the kinds of node that run the architecture differ. Each node gets its part of the profile. */
function rowsOf(whole: SeccompProfile, architecture: SeccompArchitecture, runtimes: readonly ContainerRuntime[], kernel?: string): Row[] {
  const parts = nodeParts(whole, architecture);
  const rowsOn = ({ profile, node }: NodePart) => libcsOn(architecture).map(([label, libc]): Row => (
    { label, answers: runtimes.map(runtime => profile.threads({ libc, architecture, runtime, kernel, node })) }));
  const cells = (rows: readonly Row[]) => rows.map(row => row.answers.map(cell).join()).join(';');
  return answersByNode(parts, rowsOn, cells).flatMap(({ answer, nodes }) => {
    const where = labelOf(architecture, parts, nodes);
    return answer.map(({ label, answers }) => ({ label: `${where}  ${label}`, answers }));
  });
}

function libcsOn(architecture: SeccompArchitecture): [string, Libc][] {
  const change = Libc._glibcWithClone3(architecture);
  const newest = Libc.glibc(GLIBC_CHANGES[GLIBC_CHANGES.length - 1]);
  const glibcs: [string, Libc][] = change
    ? [[`glibc before ${change}`, Libc.glibc(GLIBC_BEFORE_CHANGES)], [`glibc ${change} and later`, newest]]
    : [['glibc', newest]];
  return [...glibcs, ['musl, Go', Libc.musl()]];
}

/** Returns `arm64`; `X86` or `ARM` for several kinds of node; `ARM on arm64` if other nodes differ. */
function labelOf(architecture: SeccompArchitecture, parts: readonly NodePart[], nodes?: readonly NodeArchitecture[]): string {
  const word = abiWord(architecture.value);
  if (nodes) return `${word} on ${enumerate(nodes.map(String))}`;
  const [{ node }, ...others] = parts;
  return node && others.length === 0 && node.architectures[0] === architecture ? node.label : word;
}

function cell({ start, errno }: ThreadsAnswer): string {
  switch (start) {
    case ThreadStart.WORKS: return 'yes';
    case ThreadStart.FAILS: return `no (${errno === undefined ? 'killed' : formatErrno(errno)})`;
    case ThreadStart.REFUSED: return 'does not load';
    default: return start;
  }
}

function reasons(answers: readonly ThreadsAnswer[]): string {
  const failing = answers.filter(({ start }) => start !== ThreadStart.WORKS);
  // One reason of each kind is enough: the others differ only in versions.
  return groupBy(failing, cell).map(([first]) => `\n${cell(first)}: ${first.reason}\n`).join('');
}
