import { enumerate } from '../../private/text';
import { LintSeverity } from '../finding';
import { PERMISSIVE } from '../lint-context';
import { LintRule } from '../rule';

export const deniesNothing: LintRule = {
  id: 'denies-nothing',
  severity: LintSeverity.WARNING,
  summary: 'a profile that denies nothing',
  why: 'The pod says Localhost and everybody believes in the profile, but nothing is denied on the node: the names are unknown or '
    + 'of other architectures, or the rules allow what is allowed anyway.',
  fix: 'name the calls that have to be denied, or use SeccompMode.UNCONFINED to say so',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  *check({ document: { defaultAction }, nodes, newestRuntime, readingFaults }) {
    // A profile that logs everything is made for recording, and of one that cannot be read all nothing can be said.
    if (defaultAction !== 'SCMP_ACT_ALLOW' || readingFaults.some(({ rule }) => rule === 'invalid-profile')) return;
    // A negative number stands for a call that the ABI has not.
    const open = nodes.filter(view => view.abis.every(abi => [...view.filter(newestRuntime, abi)].filter(([number]) => number >= 0)
      .flatMap(([, { unconditional, conditional }]) => unconditional ? [unconditional] : conditional)
      .every(({ answer }) => PERMISSIVE.includes(answer.action))));
    if (open.length > 0) yield { path: '', message: `nothing is denied on ${enumerate(open.map(({ node }) => node.label))} nodes` };
  },
};
