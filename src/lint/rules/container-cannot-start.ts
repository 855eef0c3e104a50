import { enumerate, groupBy, shorten } from '../../private/text';
import { isAtLeast } from '../../private/version';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { Decision, DecisionKind } from '../../profile/filter/decision';
import { RUNTIME_NEEDS, RuntimeNeed } from '../../profile/filter/runtime-needs';
import { EPERM } from '../../syscalls/errnos';
import { LintSeverity } from '../finding';
import { is64bit, isExecuted, NodeView } from '../lint-context';
import { LintRule } from '../rule';
import { formatAnswer, formatRuntimes } from '../text';

export const containerCannotStart: LintRule = {
  id: 'container-cannot-start',
  severity: LintSeverity.ERROR,
  summary: 'denied calls that the runtime itself needs to start a container',
  why: 'The runtime loads the filter into the process that becomes the container. Under the filter it still drops capabilities, sets the user, '
    + 'closes descriptors and executes the program. If such a call is denied, no container starts.',
  fix: 'allow the calls that the message names',
  source: 'https://github.com/opencontainers/runc/blob/v1.1.15/libcontainer/standard_init_linux.go',
  needsWholeProfile: true,
  *check({ nodes, fleet }) {
    // 32-bit nodes were not measured, and have other names for some of the calls.
    const found = nodes.filter(({ native }) => is64bit(native)).flatMap(view => view.runtimes.flatMap(runtime => missingFor(view, runtime)));
    for (const missing of groupBy(found, ({ runtime }) => runtime.name)) {
      const runtimes = [...new Set(missing.map(({ runtime }) => runtime))];
      const names = groupBy(missing, ({ name }) => name).map(group => group[0].name + whichOf(group.map(({ runtime }) => runtime), runtimes));
      // A call that fails sometimes does not limit the ones that always fail.
      const always = missing.filter(({ need: { sometimes } }) => !sometimes);
      const what = CASES.find(([applies]) => (always.length > 0 ? always : missing).every(each => applies(each.need)))?.[1] ?? 'no container starts';
      const [{ need, decision }] = missing;
      yield {
        // The default runtimes surely include runc on the nodes, and crun only perhaps.
        severity: fleet.assumed && missing[0].runtime.name === 'crun' && !found.some(({ runtime }) => runtime.name === 'runc') ? LintSeverity.WARNING : undefined,
        path: missing.find(each => each.decision.path)?.decision.path ?? 'defaultAction',
        message: `${what} under ${formatRuntimes(runtimes)}, which itself needs ${shorten(names, 8)}: `
          + `${need.anyOf[0]} gets ${formatAnswer(decision)}`,
        fix: `allow ${enumerate(names)}`,
      };
    }
  },
};

/** Cases in which only some pods fail to start. */
const CASES: readonly [(need: RuntimeNeed) => boolean, string][] = [
  [({ nonRootOnly }) => nonRootOnly === true, 'no container starts for a user other than root'],
  [({ sometimes }) => sometimes === true, 'some containers do not start'],
  [({ newPrivilegesOnly }) => newPrivilegesOnly === true, 'no container starts unless allowPrivilegeEscalation is false'],
];

interface Missing {
  readonly runtime: ContainerRuntime;
  readonly need: RuntimeNeed;
  readonly name: string;
  readonly decision: Decision;
}

function missingFor(view: NodeView, runtime: ContainerRuntime): Missing[] {
  const needs = RUNTIME_NEEDS[runtime.name as 'runc' | 'crun'].filter(({ since, before }) =>
    (since === undefined || isAtLeast(runtime.version, since)) && (before === undefined || !isAtLeast(runtime.version, before)));
  return needs.flatMap(need => {
    const answers = need.anyOf.map(name => view.decide(runtime, view.native, name));
    const isMet = answers.some(answer => !answer || answer.kind !== DecisionKind.ACTION || isExecuted(answer) || isTolerated(need, answer));
    return isMet ? [] : [{ runtime, need, name: need.anyOf.join(' or '), decision: answers[0]! }];
  });
}

function isTolerated({ tolerates }: RuntimeNeed, { action, errno }: Decision): boolean {
  if (action!.value === 'SCMP_ACT_NOTIFY') return true;
  const isErrno = action!.value === 'SCMP_ACT_ERRNO' || action!.value === 'SCMP_ACT_TRACE';
  return isErrno && (tolerates === 'errno' || (tolerates === 'EPERM' && errno === EPERM));
}

/** Returns ` (1.1.5)` if only some of the versions need a call. */
function whichOf(some: readonly ContainerRuntime[], all: readonly ContainerRuntime[]): string {
  const versions = [...new Set(some.map(({ version }) => version))];
  return versions.length < new Set(all.map(({ version }) => version)).size ? ` (${enumerate(versions)})` : '';
}
