import { enumerate, groupBy } from '../../private/text';
import { compareVersions } from '../../private/version';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { ProfileDocument } from '../../profile/document/document';
import { Decision } from '../../profile/filter/decision';
import { Libc } from '../../profile/filter/libc';
import { abiWord } from '../../syscalls/abis';
import { answerClone3WithEnosys } from '../clone3-fix';
import { LintSeverity } from '../finding';
import { LintContext } from '../lint-context';
import { LintRule } from '../rule';
import { formatAnswer, formatRuntimes } from '../text';
import { luckyThreads, ThreadFailure, threadFailures } from '../thread-failures';

export const threadsCannotStart: LintRule = {
  id: 'threads-cannot-start',
  severity: LintSeverity.ERROR,
  summary: 'threads cannot start: Python reports "can\'t start new thread"',
  why: 'glibc starts a thread with clone3 (x86 from 2.34, arm64 from 2.38, 32-bit ARM from 2.39) and falls back to clone only on ENOSYS. '
    + 'EPERM makes Python report "can\'t start new thread", and causes similar errors in Node, Java and OpenBLAS.',
  fix: 'answer clone3 with ENOSYS (38): { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }, and allow clone',
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/clone-internal.c',
  needsWholeProfile: true,
  *check(context) {
    for (const group of groupBy(failuresToReport(context), ({ call }) => call)) {
      const { call } = group[0];
      const { decision } = group.find(failure => failure.decision.path) ?? group[0];
      yield {
        path: decision.path ?? '',
        message: `threads cannot start ${formatPlaces(group)}: ${call} gets ${decision.action ? formatAnswer(decision) : 'an answer that depends on its arguments'}`
          + `${call === 'clone3' ? ', and glibc falls back to clone only on ENOSYS (38)' : ''}`,
        fix: call === 'clone' ? 'allow clone, at least without CLONE_NEW* flags' : undefined,
        edits: call === 'clone3' && decision.action?.value === 'SCMP_ACT_ERRNO' && !asksArguments(context.document, decision) ? answerClone3WithEnosys(context.document, decision) : undefined,
      };
    }
  },
};

/** True if the rule has conditions: the fix would deny more than before. */
function asksArguments({ syscalls = [] }: ProfileDocument, { rule }: Decision): boolean {
  return rule !== undefined && (syscalls[rule].args ?? []).length > 0;
}

function failuresToReport(context: LintContext): ThreadFailure[] {
  const lucky = context.fleet.assumed ? luckyThreads(context) : [];
  const failures = threadFailures(context);
  const isWithoutClone = ({ abi, runtime }: ThreadFailure) => failures.some(each => each.call === 'clone' && each.abi === abi && each.runtime === runtime);
  // clone3-relies-on-runc-stub reports threads that start only under runc. If clone fails, clone3 makes no difference.
  return failures.filter(failure => failure.call === 'clone' || (!lucky.some(({ abi }) => abi === failure.abi) && !isWithoutClone(failure)));
}

/** `under glibc 2.34 and later on X86_64, under glibc 2.38 and later on AARCH64 (runc 1.1.5, crun 1.8.1)`. */
function formatPlaces(failures: readonly ThreadFailure[]): string {
  const byAbi = groupBy(failures, ({ abi }) => abi).map(group => (
    { abi: abiWord(group[0].abi), libcs: formatLibcs(group[0].abi, group.map(({ libc }) => libc)) }));
  const places = groupBy(byAbi, ({ libcs }) => libcs).map(group => `${group[0].libcs} on ${enumerate(group.map(({ abi }) => abi))}`);
  return `${places.join(', ')} (${formatRuntimes([...new Set(failures.map(({ runtime }) => runtime))])})`;
}

/** Names the failing C libraries. There are three ways to start threads: glibc before clone3, glibc with clone3, and musl. */
function formatLibcs(abi: string, failing: readonly Libc[]): string {
  const architecture = SeccompArchitecture.of(abi);
  const glibcs = failing.filter(({ version }) => version).sort((one, other) => compareVersions(one.version!, other.version!));
  const since = Libc._glibcWithClone3(architecture);
  const [failsBefore, failsFrom] = [false, true].map(uses => glibcs.some(libc => libc._usesClone3(architecture) === uses));
  const others = [...new Set(failing.filter(({ version }) => !version).map(String))];
  if (failsBefore && (failsFrom || since === undefined) && others.length > 0) return 'under any C library';
  const glibc = glibcs.length === 0 ? [] : failsFrom || since === undefined ? [`${glibcs[0]} and later`] : [`glibc before ${since}`];
  return `under ${enumerate([...glibc, ...others])}`;
}
