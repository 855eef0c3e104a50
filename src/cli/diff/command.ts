import { Command, Option } from 'commander';
import { enumerate, groupBy } from '../../private/text';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { DecidedBy, Decision, DecisionKind } from '../../profile/filter/decision';
import { ProfileDifference } from '../../profile/merge/diff';
import { abiWord } from '../../syscalls/abis';
import { ENOSYS } from '../../syscalls/errnos';
import { findOne, readAsNode } from '../documents/one-profile';
import { Io, Status } from '../io';
import { architectureOption, collect, runtimeOption } from '../options';
import { styleFor, wrap } from '../style';

const KINDS = ['now denied', 'now killed', 'now ENOSYS', 'other errno', 'now allowed', 'now logged', 'now depends', 'otherwise'] as const;
const LABEL = 13;

const HELP = `
"now depends" is a call whose answer depends on its arguments, or on others than before. "number N" stands for every call that has no name yet.
Exit status: 0 the profiles answer alike, 1 they do not.

Examples:
  cdk8s-seccomp diff before.json after.json
  cdk8s-seccomp diff before.json after.json --arch arm64
`;

interface Flags {
  readonly arch?: SeccompArchitecture[];
  readonly runtime?: ContainerRuntime;
}

export function diff(command: Command, io: Io): (before: string, after: string, flags: Flags) => Status {
  command
    .description('The calls that two profiles answer differently, on each ABI.')
    .argument('<before>', 'a profile, or a manifest with one profile; - is standard input')
    .argument('<after>', 'the other one')
    .addOption(new Option('--arch <arch>', 'a node (amd64, arm64, …) or an ABI (X86, ARM, …)').argParser(collect(architectureOption)))
    .addOption(new Option('--runtime <runtime>', 'such as runc@1.1.5 or crun@1.8.1+libseccomp@2.5.4').argParser(runtimeOption))
    .addHelpText('after', HELP);
  return (before, after, { arch, runtime }) => {
    const [one, other] = [before, after].map(name => readAsNode(findOne(name, io)));
    const differences = one.diff(other, { architectures: arch, runtime });
    io.stdout(differences.length === 0 ? 'no difference\n' : printed(differences, io));
    return differences.length === 0 ? Status.CLEAN : Status.FINDINGS;
  };
}

function printed(differences: readonly ProfileDifference[], io: Io): string {
  const { bold } = styleFor(io);
  const lines = [...wholeAbis(differences.filter(isOfWholeAbi)), ...calls(differences.filter(each => !isOfWholeAbi(each)))];
  return lines.map(([label, text], index) => {
    const isSame = index > 0 && lines[index - 1][0] === label;
    return `${bold((isSame ? '' : label).padEnd(LABEL))}${wrap(text, LABEL, io.columns)}\n`;
  }).join('');
}

/** What has nothing to do with the call: the architecture is not in one of the lists, or one of the profiles does not load. */
function isOfWholeAbi({ before, after }: ProfileDifference): boolean {
  return [before, after].some(({ decidedBy }) => [DecidedBy.MISSING_ARCHITECTURE, DecidedBy.RUNTIME].includes(decidedBy));
}

function wholeAbis(differences: readonly ProfileDifference[]): [string, string][] {
  const cause = (decision: Decision) => decision.kind === DecisionKind.REFUSED ? decision.reason : isForeign(decision);
  const kinds = groupBy(differences, ({ before, after }) => `${cause(before)} ${cause(after)}`);
  return kinds.map(group => {
    const [{ before, after }] = group;
    const where = `every call (${enumerate(abisOf(group))})`;
    if (after.kind === DecisionKind.REFUSED) return ['now refused', `${where}: ${after.reason}`];
    if (isForeign(after)) return ['now killed', `${where}: the second profile does not name the architecture`];
    return ['now filtered', `${where}: ${isForeign(before) ? 'the first profile does not name the architecture' : before.reason}`];
  });
}

function isForeign({ decidedBy }: Decision): boolean {
  return decidedBy === DecidedBy.MISSING_ARCHITECTURE;
}

/** Calls that differ in the same way on the same ABIs stand on one line. */
function calls(differences: readonly ProfileDifference[]): [string, string][] {
  const each = groupBy(differences, difference => `${difference.syscall} ${kindOf(difference)}`).map(group => ({
    syscall: group[0].syscall, kind: kindOf(group[0]), abis: enumerate(abisOf(group)),
  }));
  return KINDS.flatMap(kind => groupBy(each.filter(call => call.kind === kind), ({ abis }) => abis)
    .map((group): [string, string] => [kind, `${group.map(({ syscall }) => syscall).join(' ')}   (${group[0].abis})`]));
}

/** `X86_64`, `ARM on arm64`. */
function abisOf(differences: readonly ProfileDifference[]): string[] {
  return [...new Set(differences.map(({ architecture, nodes }) => abiWord(architecture.value) + (nodes ? ` on ${enumerate(nodes.map(String))}` : '')))];
}

function kindOf({ before, after: { kind, action, errno } }: ProfileDifference): typeof KINDS[number] {
  if (kind === DecisionKind.DEPENDS_ON_ARGUMENTS) return 'now depends';
  switch (action?.value) {
    case 'SCMP_ACT_ALLOW': return 'now allowed';
    case 'SCMP_ACT_LOG': return 'now logged';
    case 'SCMP_ACT_ERRNO': return errno === ENOSYS ? 'now ENOSYS' : before.action?.value === 'SCMP_ACT_ERRNO' ? 'other errno' : 'now denied';
    case 'SCMP_ACT_KILL':
    case 'SCMP_ACT_KILL_THREAD':
    case 'SCMP_ACT_KILL_PROCESS':
    case 'SCMP_ACT_TRAP': return 'now killed';
    default: return 'otherwise';
  }
}
