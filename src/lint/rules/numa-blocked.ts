import { enumerate } from '../../private/text';
import { LintSeverity } from '../finding';
import { isDenied } from '../lint-context';
import { LintRule } from '../rule';

export const numaBlocked: LintRule = {
  id: 'numa-blocked',
  severity: LintSeverity.INFO,
  summary: 'NUMA calls are denied',
  why: 'With these calls vllm-ascend, Mooncake and numactl place memory on the NUMA node of the NPU. Without them they fail, or silently run slower.',
  fix: 'allow get_mempolicy, set_mempolicy, mbind, migrate_pages and move_pages',
  source: 'https://man7.org/linux/man-pages/man7/numa.7.html',
  needsWholeProfile: true,
  *check({ nodes, newestRuntime }) {
    const decisions = nodes.flatMap(view => NAMES.map(name => ({ name, decision: view.decide(newestRuntime, view.native, name) })));
    const denied = decisions.filter(({ decision }) => isDenied(decision));
    if (denied.length === 0) return;
    const names = [...new Set(denied.map(({ name }) => name))];
    yield { path: denied[0].decision!.path ?? '', message: `${enumerate(names)} ${names.length > 1 ? 'are' : 'is'} denied: memory is not placed on NUMA nodes` };
  },
};

const NAMES = ['get_mempolicy', 'set_mempolicy', 'mbind', 'migrate_pages', 'move_pages'];
