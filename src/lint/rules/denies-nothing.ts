import { enumerate } from '../../private/text';
import { LintSeverity } from '../finding';
import { PERMISSIVE } from '../lint-context';
import { LintRule } from '../rule';

export const deniesNothing: LintRule = {
  id: 'denies-nothing',
  severity: LintSeverity.WARNING,
  summary: 'a profile that denies nothing',
  why: 'The pod has the mode Localhost and looks protected, but the node denies nothing: the names are unknown or of other architectures, '
    + 'or the rules allow what is allowed anyway.',
  fix: 'name the calls to deny, or use SeccompMode.UNCONFINED to say that none is denied',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  *check({ document: { defaultAction }, nodes, newestRuntime, readingFaults }) {
    // A profile that logs everything is for recording. A profile that was read only in part may deny more.
    if (defaultAction !== 'SCMP_ACT_ALLOW' || readingFaults.some(({ rule }) => rule === 'invalid-profile')) return;
    // A negative number stands for a call that the ABI does not have.
    const open = nodes.filter(view => view.abis.every(abi => [...view.filter(newestRuntime, abi)].filter(([number]) => number >= 0)
      .flatMap(([, { unconditional, conditional }]) => unconditional ? [unconditional] : conditional)
      .every(({ answer }) => PERMISSIVE.includes(answer.action))));
    if (open.length > 0) yield { path: '', message: `nothing is denied on ${enumerate(open.map(({ node }) => node.label))} nodes` };
  },
};
