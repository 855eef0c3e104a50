import { enumerate } from '../../private/text';
import { LintSeverity } from '../finding';
import { isDenied } from '../lint-context';
import { LintRule } from '../rule';

export const debuggersBlocked: LintRule = {
  id: 'debuggers-blocked',
  severity: LintSeverity.INFO,
  summary: 'calls that debuggers and profilers need are denied',
  why: 'gdb and strace need ptrace (gdb also personality), py-spy process_vm_readv, perf perf_event_open. This is '
    + 'usually intended; use another profile to debug a pod.',
  fix: 'for a pod to debug, use MindieProfile.debugging() or a separate profile that allows the calls',
  source: 'https://man7.org/linux/man-pages/man2/ptrace.2.html',
  needsWholeProfile: true,
  *check({ nodes, newestRuntime }) {
    const decisions = nodes.flatMap(view => Object.keys(TOOLS).map(name => ({ name, decision: view.decide(newestRuntime, view.native, name) })));
    const denied = decisions.filter(({ decision }) => isDenied(decision));
    if (denied.length === 0) return;
    const names = [...new Set(denied.map(({ name }) => name))];
    const tools = [...new Set(names.flatMap(name => TOOLS[name]))];
    yield {
      path: denied[0].decision!.path ?? '',
      message: `${enumerate(names)} ${names.length > 1 ? 'are' : 'is'} denied: ${enumerate(tools)} ${tools.length > 1 ? 'do' : 'does'} not work, or not fully`,
    };
  },
};

const TOOLS: Readonly<Record<string, readonly string[]>> = {
  ptrace: ['gdb', 'strace'],
  process_vm_readv: ['py-spy'],
  perf_event_open: ['perf'],
  personality: ['gdb'],
};
