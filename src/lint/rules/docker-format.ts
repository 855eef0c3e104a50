import { keysOf } from '../../private/json';
import { enumerate, shorten } from '../../private/text';
import { LintSeverity } from '../finding';
import { isExecuted, LintContext } from '../lint-context';
import { readingFaults } from '../load-faults';
import { LintRule } from '../rule';

export const dockerFormat: LintRule = {
  id: 'docker-format',
  severity: LintSeverity.ERROR,
  summary: 'the format of Docker and containers-common in place of the OCI format',
  why: 'Docker, Podman and CRI-O expand archMap, includes, excludes, name and errno for each container. In a Localhost profile, '
    + 'containerd silently drops these fields: rules for CAP_SYS_ADMIN apply to every container, and 32-bit programs are killed.',
  fix: 'expand it for a node and its capabilities: `cdk8s-seccomp for-node FILE arm64`, SeccompProfile.fromDockerFormat',
  source: 'https://github.com/containerd/containerd/blob/v1.7.0/contrib/seccomp/seccomp.go',
  *check(context) {
    const faults = readingFaults(context, 'docker-format');
    if (faults.length === 0) return;
    const keys = [...new Set(faults.map(({ path }) => String(keysOf(path).pop())))];
    const freed = freedNames(context, faults.map(({ path }) => path));
    yield {
      path: faults[0].path,
      message: `this is the format of Docker and containers-common: containerd silently drops ${enumerate(keys)}`
        + `${freed.length > 0 ? `, and ${shorten(freed, 6)} ${freed.length > 1 ? 'are' : 'is'} allowed in every container` : ''}`,
    };
  },
};

/** Returns the dangerous calls that are allowed by rules which lose their `includes`. */
function freedNames({ document: { syscalls = [] }, nodes, newestRuntime }: LintContext, paths: readonly string[]): string[] {
  const [node] = nodes;
  const rules = paths.map(keysOf).filter(keys => keys[0] === 'syscalls' && keys[2] === 'includes').map(keys => syscalls[Number(keys[1])]);
  const names = rules.flatMap(rule => rule?.names ?? []);
  return node ? DANGEROUS.filter(name => names.includes(name) && isExecuted(node.decide(newestRuntime, node.native, name))) : [];
}

const DANGEROUS = ['bpf', 'mount', 'unshare', 'setns', 'init_module', 'kexec_load', 'ptrace', 'reboot', 'open_by_handle_at', 'perf_event_open', 'settimeofday'];
